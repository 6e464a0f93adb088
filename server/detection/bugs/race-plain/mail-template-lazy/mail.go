package mail

import (
	"strings"
	"text/template"
)

// Renderer fills in a mail body; the template is parsed on first use.
type Renderer struct {
	source string
	body   *template.Template
}

func NewRenderer(source string) *Renderer { return &Renderer{source: source} }

func (r *Renderer) parsed() (*template.Template, error) {
	if r.body == nil {
		t, err := template.New("body").Parse(r.source)
		if err != nil {
			return nil, err
		}
		r.body = t
	}
	return r.body, nil
}

// Render returns the mail text for one recipient.
func (r *Renderer) Render(data map[string]string) (string, error) {
	t, err := r.parsed()
	if err != nil {
		return "", err
	}
	var sb strings.Builder
	if err := t.Execute(&sb, data); err != nil {
		return "", err
	}
	return sb.String(), nil
}
