//go:build goexperiment.goroutineleakprofile

package tags

func init() { on = append(on, "goroutineleakprofile") }
