package many

import "testing"

func TestA(t *testing.T) { t.Error("a1"); t.Errorf("a%d", 2) }
func TestB(t *testing.T) { t.Fatalf("b stops") }
func TestC(t *testing.T) { t.Fail() }
func TestD(t *testing.T) { t.FailNow() }
func TestE(t *testing.T) { t.Log("passes") }
