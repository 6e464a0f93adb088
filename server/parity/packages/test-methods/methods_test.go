package methods

import "testing"

type suite struct{}

// A method is no test.
func (suite) TestMethod(t *testing.T) { t.Error("must not run") }

var TestVariable = func(t *testing.T) { t.Error("must not run") }

func TestNested(t *testing.T) {
	suite := suite{}
	t.Run("value", func(t *testing.T) { _ = suite })
}

func testing_helper(t *testing.T) { t.Error("must not run") }
