package attack

// Every level instantiates the next one twice, with two new types: 2^22 functions.

type left[T any] struct{ v T }
type right[T any] struct{ v T }

func Run() { f0[int]() }

func f0[T any]() {
	f1[left[*T]]()
	f1[right[*T]]()
}

func f1[T any]() {
	f2[left[*T]]()
	f2[right[*T]]()
}

func f2[T any]() {
	f3[left[*T]]()
	f3[right[*T]]()
}

func f3[T any]() {
	f4[left[*T]]()
	f4[right[*T]]()
}

func f4[T any]() {
	f5[left[*T]]()
	f5[right[*T]]()
}

func f5[T any]() {
	f6[left[*T]]()
	f6[right[*T]]()
}

func f6[T any]() {
	f7[left[*T]]()
	f7[right[*T]]()
}

func f7[T any]() {
	f8[left[*T]]()
	f8[right[*T]]()
}

func f8[T any]() {
	f9[left[*T]]()
	f9[right[*T]]()
}

func f9[T any]() {
	f10[left[*T]]()
	f10[right[*T]]()
}

func f10[T any]() {
	f11[left[*T]]()
	f11[right[*T]]()
}

func f11[T any]() {
	f12[left[*T]]()
	f12[right[*T]]()
}

func f12[T any]() {
	f13[left[*T]]()
	f13[right[*T]]()
}

func f13[T any]() {
	f14[left[*T]]()
	f14[right[*T]]()
}

func f14[T any]() {
	f15[left[*T]]()
	f15[right[*T]]()
}

func f15[T any]() {
	f16[left[*T]]()
	f16[right[*T]]()
}

func f16[T any]() {
	f17[left[*T]]()
	f17[right[*T]]()
}

func f17[T any]() {
	f18[left[*T]]()
	f18[right[*T]]()
}

func f18[T any]() {
	f19[left[*T]]()
	f19[right[*T]]()
}

func f19[T any]() {
	f20[left[*T]]()
	f20[right[*T]]()
}

func f20[T any]() {
	f21[left[*T]]()
	f21[right[*T]]()
}

func f21[T any]() {
	f22[left[*T]]()
	f22[right[*T]]()
}

func f22[T any]() {
	var v T
	println(any(v) == nil)
}
