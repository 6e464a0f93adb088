package scheduler

import "sync"

// Scheduler places jobs on nodes and keeps a log of what happened.
type Scheduler struct {
	jobsMu   sync.Mutex
	jobs     map[string]string
	nodesMu  sync.Mutex
	nodes    map[string]int
	eventsMu sync.Mutex
	events   []string
}

func New() *Scheduler {
	return &Scheduler{jobs: make(map[string]string), nodes: make(map[string]int)}
}

func (s *Scheduler) Assign(job, node string) {
	s.jobsMu.Lock()
	defer s.jobsMu.Unlock()
	s.jobs[job] = node
	s.nodesMu.Lock()
	s.nodes[node]++
	s.nodesMu.Unlock()
}

func (s *Scheduler) Drain(node string) {
	s.nodesMu.Lock()
	defer s.nodesMu.Unlock()
	delete(s.nodes, node)
	s.eventsMu.Lock()
	s.events = append(s.events, node)
	s.eventsMu.Unlock()
}

// Compact forgets the drained nodes and unplaces their jobs.
func (s *Scheduler) Compact() {
	s.eventsMu.Lock()
	defer s.eventsMu.Unlock()
	s.jobsMu.Lock()
	defer s.jobsMu.Unlock()
	for _, drained := range s.events {
		for job, node := range s.jobs {
			if node == drained {
				delete(s.jobs, job)
			}
		}
	}
	s.events = nil
}
