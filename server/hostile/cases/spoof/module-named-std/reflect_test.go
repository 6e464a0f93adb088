package reflect_test

import (
	"reflect"
	"testing"
)

func TestAnswer(t *testing.T) {
	if !reflect.DeepEqual([]int{reflect.Answer()}, []int{42}) {
		t.Fatal("the answer is wrong")
	}
}
