//! The layered diagram: which order crosses least, where columns and their items stand, which way
//! the edges go.

mod column_breaks;
pub mod column_layout;
pub mod crossing_reduction;
mod edge_ports;
pub mod edge_routing;
pub mod flow_levels;
pub mod graph;
mod gutter_tracks;
mod layer_assignment;
