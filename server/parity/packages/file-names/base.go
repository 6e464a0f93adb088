package names

var seen []string
