package testing

func Real() string { return "a package that is called testing" }
