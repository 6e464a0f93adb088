//go:build go1.21

package file

func Shared() bool {
	var all []*int
	for i := 0; i < 2; i++ {
		all = append(all, &i)
	}
	return all[0] == all[1]
}
