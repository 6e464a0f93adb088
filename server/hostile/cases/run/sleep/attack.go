package attack

import "time"

func Run() { time.Sleep(24 * time.Hour) }
