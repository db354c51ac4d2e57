//! One step towards better places for the nodes of a large value chain. See [`relax`].

use crate::abi::Relax;

/// What [`relax`] reads: nodes column after column, from the top down.
#[derive(Debug, Clone, Copy)]
pub struct Nodes<'a> {
    /// Of each node its column and its height.
    pub nodes: &'a [[u32; 2]],
    /// Of each node the place of its first link among the links, and at last how many links there
    /// are; ascending.
    pub starts: &'a [u32],
    /// Of each link, seen from each of its two ends, the node at the other end, and how much it
    /// counts for this one: in 65,536ths of all the links of this node.
    pub links: &'a [[u32; 2]],
    /// Top of each node.
    pub tops: &'a [u32],
}

/// Tops of all nodes, a step later.
///
/// **Meaning.** A node goes [`Relax::pull`] 256ths of the way from its middle to the weighted mean
/// of its neighbours' middles, rounded down; a node without links stays. By half of what it lies
/// over the node above it or is nearer to it than [`Relax::gap`], rounded up, it goes down, and so
/// up from the node below it. Then it is put between 0 and [`Relax::height`]. All of this reads the
/// old places: the order of nodes makes no difference (Jacobi's way), and the order of a column is
/// kept as given.
///
/// **Order.** That of the nodes.
///
/// **Equality.** All bits.
///
/// **Limits.** Places and heights are less than 2¹⁶, shares of a node add up to no more than
/// 65,536, so sums stay below 2³². A neighbour that there is not is at 0.
pub fn relax(params: &Relax, nodes: &Nodes<'_>, out: &mut Vec<u32>) {
    out.clear();
    let count = (params.count as usize)
        .min(nodes.nodes.len())
        .min(nodes.tops.len());
    let most = params.height.min(65_535);
    let height = |node: usize| nodes.nodes.get(node).map_or(0, |n| n[1].min(65_535));
    let top = |node: usize| nodes.tops.get(node).copied().unwrap_or(0).min(65_535);
    let middle = |node: usize| {
        if node < count {
            (top(node) + height(node) / 2).min(65_535)
        } else {
            0
        }
    };
    for (node, &[column, _]) in nodes.nodes.iter().enumerate().take(count) {
        let from = nodes.starts.get(node).copied().unwrap_or(0) as usize;
        let to = nodes.starts.get(node + 1).copied().unwrap_or(0) as usize;
        let mut sum = 0_u32;
        let links = nodes.links.get(from..to).unwrap_or_default();
        for &[other, share] in links {
            sum = sum.wrapping_add(middle(other as usize).wrapping_mul(share.min(65_536)));
        }
        let mut place = top(node) as i32;
        if !links.is_empty() {
            place +=
                (((sum >> 16) as i32 - middle(node) as i32) * params.pull.min(256) as i32) >> 8;
        }
        let over = |above: usize, below: usize| {
            ((top(above) + height(above) + params.gap.min(65_535)) as i32 - top(below) as i32)
                .max(0)
        };
        let beside =
            |other: usize| other < count && nodes.nodes.get(other).is_some_and(|n| n[0] == column);
        if node > 0 && beside(node - 1) {
            place += (over(node - 1, node) + 1) >> 1;
        }
        if beside(node + 1) {
            place -= (over(node, node + 1) + 1) >> 1;
        }
        out.push(place.clamp(0, most.saturating_sub(height(node)) as i32) as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: Relax = Relax {
        count: 3,
        pull: 256,
        gap: 2,
        height: 1000,
    };

    fn step(
        params: &Relax,
        nodes: &[[u32; 2]],
        starts: &[u32],
        links: &[[u32; 2]],
        tops: &[u32],
    ) -> Vec<u32> {
        let mut out = Vec::new();
        relax(
            params,
            &Nodes {
                nodes,
                starts,
                links,
                tops,
            },
            &mut out,
        );
        out
    }

    #[test]
    fn a_node_goes_to_the_mean_of_its_neighbours_and_one_without_links_stays() {
        let nodes = [[0, 10], [1, 10], [2, 10]];
        assert_eq!(
            step(
                &TOLD,
                &nodes,
                &[0, 2, 2, 2],
                &[[1, 32_768], [2, 32_768]],
                &[500, 100, 300]
            ),
            [200, 100, 300]
        );
        assert_eq!(
            step(
                &Relax { pull: 64, ..TOLD },
                &nodes,
                &[0, 1, 1, 1],
                &[[1, 65_536]],
                &[500, 100, 300]
            )[0],
            400
        );
    }

    #[test]
    fn nodes_that_lie_on_each_other_go_apart_within_the_picture() {
        let nodes = [[0, 10]; 3];
        let mut tops = vec![500, 500, 500];
        for _ in 0..40 {
            tops = step(&TOLD, &nodes, &[0; 4], &[], &tops);
        }
        assert!(
            tops[1] >= tops[0] + 12 && tops[2] >= tops[1] + 12,
            "{tops:?}"
        );
        assert_eq!(
            step(
                &Relax { height: 20, ..TOLD },
                &nodes[..1],
                &[0; 2],
                &[],
                &[900]
            ),
            [10]
        );
    }

    #[test]
    fn hostile_links_end_in_an_answer() {
        let all = [u32::MAX; 2];
        assert_eq!(
            step(
                &Relax {
                    count: u32::MAX,
                    pull: u32::MAX,
                    gap: u32::MAX,
                    height: u32::MAX
                },
                &[all; 2],
                &[0, 9, 1],
                &[all; 2],
                &[u32::MAX; 2]
            ),
            [0, 0]
        );
        assert_eq!(step(&TOLD, &[], &[], &[], &[]), Vec::<u32>::new());
    }
}
