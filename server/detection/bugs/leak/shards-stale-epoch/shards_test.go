package shards

import (
	"context"
	"errors"
	"testing"
)

func epochSix(_ context.Context, shard int) (Row, error) {
	return Row{Shard: shard, Epoch: 6}, nil
}

func TestLoad(t *testing.T) {
	table, err := Load(t.Context(), epochSix, 4, 6)
	if err != nil || len(table) != 4 {
		t.Errorf("current epoch: %v, %v", table, err)
	}
	_, err = Load(t.Context(), epochSix, 4, 7)
	if !errors.Is(err, ErrStale) {
		t.Errorf("next epoch: error %v, want %v", err, ErrStale)
	}
}
