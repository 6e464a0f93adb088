package health

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckAll(t *testing.T) {
	down := func(hosts ...string) Probe {
		return func(host string) error {
			for _, h := range hosts {
				if h == host {
					return errors.New("connection refused")
				}
			}
			return nil
		}
	}
	hosts := []string{"web-1", "web-2", "db-1"}
	if err := CheckAll(hosts, down()); err != nil {
		t.Errorf("all healthy: %v", err)
	}
	if err := CheckAll(hosts, down("db-1")); err == nil {
		t.Error("db-1 down: no error")
	}
	err := CheckAll(hosts, down("web-1", "web-2"))
	if err == nil || strings.Count(err.Error(), "refused") != 2 {
		t.Errorf("web tier down: %v", err)
	}
}
