package inner

const N = 3
