//go:build windows

package only
