module github.com/mapiprop/mapiprop/examples

go 1.26.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/mapiprop/mapiprop v0.0.0
	github.com/richardlehane/mscfb v1.0.9
	github.com/stretchr/testify v1.12.1
)

replace github.com/mapiprop/mapiprop => ../
