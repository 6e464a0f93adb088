//go:build ignore

package main

func main() { does not even parse }
