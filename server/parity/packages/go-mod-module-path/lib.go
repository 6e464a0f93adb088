package lib

import "reflect"

type Thing struct{}

func Path() string { return reflect.TypeFor[Thing]().PkgPath() }
