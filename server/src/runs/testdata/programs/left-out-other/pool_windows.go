package pool

func onWindows() {}
