package pool

func init() {
	go func() { select {} }()
}

func Size() int { return 1 }
