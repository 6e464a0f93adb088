package internal

import "internal/abi"

var _ = abi.FuncPCABI0
