//go:build !cgo

package tags

const cgo = false
