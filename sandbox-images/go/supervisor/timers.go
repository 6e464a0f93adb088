package main

import (
	"go/ast"
	"go/token"
)

// timerKind is what is known of the channel that an expression names.
type timerKind int

const (
	// noTimer: a channel that no timer sends on.
	noTimer timerKind = iota
	// oneShot: of a timer that fires once.
	oneShot
	// ticking: of a ticker, or of what may be one.
	ticking
)

// timers are the names of a package, without what they are names in, that have to do with timers. Types are not known here: of two
// things with one name the one that says more about timers counts.
type timers map[string]timerKind

// timersOf reads declarations and assignments until nothing new comes of it: `timer := time.NewTimer(d)`, `after = timer.C`.
func timersOf(sources []*source) timers {
	known := timers{}
	for changed := true; changed; {
		changed = false
		note := func(target, value ast.Expr) {
			name, kind := nameOf(target), known.kindOf(value)
			if name != "" && kind > known[name] {
				known[name], changed = kind, true
			}
		}
		for _, src := range sources {
			ast.Inspect(src.tree, func(node ast.Node) bool {
				known.read(node, note)
				return true
			})
		}
	}
	known.addUnassigned(sources)
	return known
}

func (t timers) read(node ast.Node, note func(target, value ast.Expr)) {
	switch node := node.(type) {
	case *ast.AssignStmt:
		for i, target := range node.Lhs {
			if len(node.Rhs) == len(node.Lhs) {
				note(target, node.Rhs[i])
			} else if call, ok := node.Rhs[0].(*ast.CallExpr); ok {
				note(target, call)
			}
		}
	case *ast.ValueSpec:
		for i, name := range node.Names {
			if i < len(node.Values) {
				note(name, node.Values[i])
			}
		}
	case *ast.KeyValueExpr:
		note(node.Key, node.Value)
	}
}

// addUnassigned makes parameters and fields of type `<-chan time.Time` tickers: anybody's timer may be behind them. A variable of
// that type is nil until something is assigned to it: like a timer that is not set, which nobody waits for.
func (t timers) addUnassigned(sources []*source) {
	add := func(names []*ast.Ident, declared ast.Expr, kind timerKind) {
		channel, ok := declared.(*ast.ChanType)
		if !ok || nameOf(channel.Value) != "Time" {
			return
		}
		for _, name := range names {
			t[name.Name] = max(t[name.Name], kind)
		}
	}
	for _, src := range sources {
		ast.Inspect(src.tree, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.Field:
				add(node.Names, node.Type, ticking)
			case *ast.ValueSpec:
				add(node.Names, node.Type, oneShot)
			}
			return true
		})
	}
}

// kindOf tells what sends on a channel, or what a timer is.
func (t timers) kindOf(value ast.Expr) timerKind {
	switch value := ast.Unparen(value).(type) {
	case *ast.Ident:
		return t[value.Name]
	case *ast.SelectorExpr:
		if value.Sel.Name == "C" {
			return oneShotUnlessTicker(t.kindOf(value.X))
		}
		return t[value.Sel.Name]
	case *ast.CallExpr:
		return kindOfCall(value)
	case *ast.UnaryExpr:
		if value.Op == token.AND {
			return t.kindOf(value.X)
		}
	case *ast.IndexExpr:
		return t.kindOf(value.X)
	}
	return noTimer
}

// oneShotUnlessTicker: of something with a field C of which nothing is known it may be either.
func oneShotUnlessTicker(of timerKind) timerKind {
	if of == noTimer {
		return ticking
	}
	return of
}

// kindOfCall takes what an unknown function returns for a ticker, but for a context's Done.
func kindOfCall(call *ast.CallExpr) timerKind {
	switch nameOf(call.Fun) {
	case "After", "NewTimer", "AfterFunc":
		return oneShot
	case "Done", "make", "new", "len", "cap", "append":
		return noTimer
	}
	return ticking
}

// nameOf is the last name of an expression, or nothing.
func nameOf(expression ast.Expr) string {
	switch expression := ast.Unparen(expression).(type) {
	case *ast.Ident:
		return expression.Name
	case *ast.SelectorExpr:
		return expression.Sel.Name
	}
	return ""
}
