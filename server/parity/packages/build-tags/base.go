package tags

var on []string
