package loop

// Shared says how many distinct variables a loop of three has: one before Go 1.22.
func Shared() []*int {
	var all []*int
	for i := 0; i < 3; i++ {
		all = append(all, &i)
	}
	return all
}
