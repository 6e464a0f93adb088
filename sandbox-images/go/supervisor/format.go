package main

import "go/format"

// formatJob formats one file as gofmt does. The text is only parsed, never run.
func formatJob(file jobFile) formattedEvent {
	text, err := format.Source([]byte(file.Text))
	if err != nil {
		return formattedEvent{Type: "formatted", Errors: err.Error()}
	}
	formatted := string(text)
	return formattedEvent{Type: "formatted", Text: &formatted}
}
