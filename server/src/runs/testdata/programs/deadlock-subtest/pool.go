package pool

func Take(jobs chan int) int { return <-jobs }
