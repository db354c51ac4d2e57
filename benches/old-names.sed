# What benches call by its name of today, by the names that revisions before the renaming had.
s/layered::crossing_reduction::layered/layered::layered/
s/layout::layered::graph::/layout::graph::/
s/layout::treemap::/layout::tree::/
s/\bTreemapLayout\b/Laid/g
s/\bEventFilter\b/Show/g
s/\bFigure\b/Picture/g
