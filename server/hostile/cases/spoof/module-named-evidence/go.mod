module gosandbox/evidence

go 1.26
