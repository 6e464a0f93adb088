package crawler

import "testing"

type site map[string][]string

func (s site) Links(page string) []string { return s[page] }

func TestCrawlVisitsEveryPageOnce(t *testing.T) {
	pages := site{
		"/":      {"/docs", "/blog", "/about"},
		"/docs":  {"/docs/install", "/docs/faq", "/"},
		"/blog":  {"/blog/1", "/about"},
		"/about": {"/"},
	}
	if got := New(pages).Crawl("/"); got != 7 {
		t.Errorf("visited %d pages, want 7", got)
	}
}
