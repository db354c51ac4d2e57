//! The layered diagram: which order crosses least, where columns and their items stand, which way
//! the edges go.

pub mod column_layout;
pub mod crossing_reduction;
pub mod edge_routing;
pub mod graph;
