package types

func Name() string { return "name" }
