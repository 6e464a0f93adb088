module reflect

go 1.26
