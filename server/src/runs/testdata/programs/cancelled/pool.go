package pool

import "time"

func Sleep() { time.Sleep(time.Minute) }
