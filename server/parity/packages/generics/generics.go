package generics

import (
	"cmp"
	"iter"
	"slices"
)

type Set[T cmp.Ordered] map[T]struct{}

func Of[T cmp.Ordered](items ...T) Set[T] {
	s := Set[T]{}
	for _, item := range items {
		s[item] = struct{}{}
	}
	return s
}

func (s Set[T]) Sorted() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		items := make([]T, 0, len(s))
		for item := range s {
			items = append(items, item)
		}
		slices.Sort(items)
		for i, item := range items {
			if !yield(i, item) {
				return
			}
		}
	}
}

type Tree[T interface{ Compare(T) int }] struct {
	left, right *Tree[T]
	value       T
}

type Ints = Set[int]

type List[T any] = []Set2[T]

type Set2[T any] struct{ items []T }
