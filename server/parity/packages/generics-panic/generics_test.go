package generics

import "testing"

type stack[T any] struct{ items []T }

func (s *stack[T]) pop() T {
	last := s.items[len(s.items)-1]
	return last
}

func TestPop(t *testing.T) { (&stack[map[string]int]{}).pop() }
