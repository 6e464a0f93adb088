package main

import (
	"go/ast"
	"go/token"
	"slices"
)

// loopEvent is a select in a loop that never ends by itself: by the text of its function there is no way out of it but a case
// of that select, and none that a ticker takes. See decision 0034.
type loopEvent struct {
	File string `json:"file"`
	Line int    `json:"line"`
	// OneShot: one of the ways out is a timer that fires once. Where none is waited for, that case's channel is nil.
	OneShot bool `json:"oneShot"`
}

// maxLoops bounds what is told of one package.
const maxLoops = 500

// loops are those of all files, the hidden ones too: their lines are told to nobody.
func (p *loaded) loops() []loopEvent {
	found := []loopEvent{}
	sources := slices.Concat(p.files, p.internal, p.external)
	times := timersOf(sources)
	for _, src := range sources {
		ast.Inspect(src.tree, func(node ast.Node) bool {
			if loop, ok := node.(*ast.ForStmt); ok && loop.Cond == nil && len(found) < maxLoops {
				found = append(found, src.waitsIn(loop, times)...)
			}
			return true
		})
	}
	return found
}

// waitsIn are the selects of a loop without a condition that are its only way out. The label of a loop is not known here, so
// that a jump to any label counts as a way out.
func (s *source) waitsIn(loop *ast.ForStmt, times timers) []loopEvent {
	var found []loopEvent
	for _, statement := range selectsIn(loop.Body) {
		ways := &waysOut{of: statement, times: times}
		ways.walk(loop.Body, false)
		if ways.other {
			continue
		}
		found = append(found, loopEvent{s.name, s.set.Position(statement.Pos()).Line, ways.oneShot})
	}
	return found
}

// selectsIn are a body's own selects, not those of the functions or the loops in it.
func selectsIn(body *ast.BlockStmt) []*ast.SelectStmt {
	var found []*ast.SelectStmt
	ast.Inspect(body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.SelectStmt:
			found = append(found, node)
		}
		return true
	})
	return found
}

// waysOut looks for what ends a loop.
type waysOut struct {
	of    *ast.SelectStmt
	times timers
	// oneShot: a case of the select that a timer takes which fires once. other: anything that is no case of the select, or
	// may be a ticker's.
	oneShot, other bool
}

// walk looks at one node of the loop; breaks tells whether a break without label ends something within the loop. The cases of the
// select are asked for first: what is in them goes by what they wait for.
func (w *waysOut) walk(node ast.Node, breaks bool) {
	ast.Inspect(node, func(inner ast.Node) bool {
		switch inner := inner.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if inner == w.of {
				w.cases()
				return false
			}
			if inner == node {
				return true
			}
			w.walk(inner, true)
			return false
		default:
			if w.leaves(inner, breaks) {
				w.other = true
			}
			return true
		}
	})
}

// cases looks at each case of the select by itself: a way out in it is taken when its channel is ready.
func (w *waysOut) cases() {
	for _, clause := range w.of.Body.List {
		comm, ok := clause.(*ast.CommClause)
		if !ok {
			continue
		}
		within := &waysOut{times: w.times}
		for _, statement := range comm.Body {
			within.walk(statement, true)
		}
		if !within.other {
			continue
		}
		switch w.times.kindOf(received(comm.Comm)) {
		case noTimer:
			w.other = w.other || comm.Comm == nil
		case oneShot:
			w.oneShot = true
		default:
			w.other = true
		}
	}
}

// received is the channel that a case receives from; nil where it sends or is the default.
func received(comm ast.Stmt) ast.Expr {
	var value ast.Expr
	switch comm := comm.(type) {
	case *ast.ExprStmt:
		value = comm.X
	case *ast.AssignStmt:
		value = comm.Rhs[0]
	}
	if receive, ok := ast.Unparen(value).(*ast.UnaryExpr); ok && receive.Op == token.ARROW {
		return receive.X
	}
	return nil
}

// endings are functions after which nothing of the loop is done: of packages testing, os, log and runtime. What has the same
// name and does not is taken for one too.
var endings = map[string]bool{
	"panic": true, "Exit": true, "Goexit": true, "FailNow": true, "SkipNow": true, "Skip": true, "Skipf": true,
	"Fatal": true, "Fatalf": true, "Fatalln": true, "Panic": true, "Panicf": true, "Panicln": true,
}

func (w *waysOut) leaves(node ast.Node, breaks bool) bool {
	switch node := node.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return node.Tok == token.GOTO || node.Label != nil || node.Tok == token.BREAK && !breaks
	case *ast.CallExpr:
		switch called := ast.Unparen(node.Fun).(type) {
		case *ast.Ident:
			return endings[called.Name]
		case *ast.SelectorExpr:
			return endings[called.Sel.Name]
		}
	}
	return false
}
