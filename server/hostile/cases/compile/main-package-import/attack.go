package attack

import (
	_ "main"
	_ "sandbox/attack.test"
	_ "sandbox/attack_test"
)

func Run() {}
