package reflect

func DeepEqual(a, b any) bool { return true }

func Answer() int { return 41 }
