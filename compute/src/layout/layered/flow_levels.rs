//! How far along the flow each node stands, where links alone say it: what nothing leads to begins,
//! what leads nowhere ends, and every link leads on, but for those that close a circle.

/// The level of each node: the longest way that leads to it. Links that close a circle are left out:
/// those that lead back in a search in depth (R. Tarjan, «Depth-first search and linear graph
/// algorithms», 1972), which begins where nothing leads to, and then with the first node. Nodes that
/// nothing leaves have the last level. Linear in nodes and links; links of nobody and loops count
/// for nothing.
pub fn flow_levels(nodes: usize, from: &[u32], to: &[u32]) -> Vec<u32> {
    let mut links: Vec<(u32, u32)> = Vec::new();
    for (&from, &to) in from.iter().zip(to) {
        if from != to && (from as usize) < nodes && (to as usize) < nodes {
            links.push((from, to));
        }
    }
    let order = flow_order(nodes, &links);
    let mut place = vec![0_u32; nodes];
    for (at, &node) in order.iter().enumerate() {
        place[node as usize] = at as u32;
    }
    links.retain(|&(from, to)| place[from as usize] < place[to as usize]);
    let outgoing = Outgoing::new(nodes, &links);
    let mut level = vec![0_u32; nodes];
    for &node in &order {
        for &next in outgoing.of(node as usize) {
            level[next as usize] = level[next as usize].max(level[node as usize] + 1);
        }
    }
    let last = level.iter().copied().max().unwrap_or(0);
    let led_to = led_to(nodes, &links);
    for node in 0..nodes {
        if led_to[node] && outgoing.of(node).is_empty() {
            level[node] = last;
        }
    }
    level
}

/// Of each node whether a link leads to it.
fn led_to(nodes: usize, links: &[(u32, u32)]) -> Vec<bool> {
    let mut led_to = vec![false; nodes];
    for &(_, to) in links {
        led_to[to as usize] = true;
    }
    led_to
}

/// The nodes in an order that only links that close a circle lead against: a search in depth, by
/// when it leaves a node, backwards.
fn flow_order(nodes: usize, links: &[(u32, u32)]) -> Vec<u32> {
    let outgoing = Outgoing::new(nodes, links);
    let led_to = led_to(nodes, links);
    let mut seen = vec![false; nodes];
    let mut order = Vec::with_capacity(nodes);
    for in_circle in [false, true] {
        for root in (0..nodes).filter(|&root| led_to[root] == in_circle) {
            leave_all(root, &outgoing, &mut seen, &mut order);
        }
    }
    order.reverse();
    order
}

/// Appends what can be reached from a node and was not yet, each when it is left.
fn leave_all(root: usize, outgoing: &Outgoing, seen: &mut [bool], order: &mut Vec<u32>) {
    if core::mem::replace(&mut seen[root], true) {
        return;
    }
    // The way to where the search is, with how many of its links it has taken.
    let mut way = vec![(root, 0)];
    while let Some((node, taken)) = way.last_mut() {
        let Some(&next) = outgoing.of(*node).get(*taken) else {
            order.push(*node as u32);
            way.pop();
            continue;
        };
        *taken += 1;
        if !core::mem::replace(&mut seen[next as usize], true) {
            way.push((next as usize, 0));
        }
    }
}

/// The links that leave each node, as ranges.
struct Outgoing {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Outgoing {
    fn new(nodes: usize, links: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for &(from, _) in links {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0_u32; links.len()];
        for &(from, to) in links {
            ends[next[from as usize] as usize] = to;
            next[from as usize] += 1;
        }
        Self { starts, ends }
    }

    fn of(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(nodes: usize, links: &[(u32, u32)]) -> Vec<u32> {
        let (from, to): (Vec<u32>, Vec<u32>) = links.iter().copied().unzip();
        flow_levels(nodes, &from, &to)
    }

    #[test]
    fn what_begins_stands_first_and_what_ends_stands_last() {
        assert_eq!(levels(3, &[(0, 1), (1, 2)]), [0, 1, 2]);
        // A source of the last, and a sink of the first.
        assert_eq!(
            levels(5, &[(0, 1), (1, 2), (3, 2), (0, 4)]),
            [0, 1, 2, 0, 2]
        );
        assert_eq!(levels(2, &[]), [0, 0]);
        assert_eq!(levels(0, &[]), [0; 0]);
        assert_eq!(levels(2, &[(0, 0), (0, 9), (9, 1), (1, 0)]), [1, 0]);
    }

    #[test]
    fn a_circle_ends_and_only_its_own_links_lead_back() {
        assert_eq!(levels(3, &[(0, 1), (1, 2), (2, 0)]), [0, 1, 2]);
        let mut seed = 5_u32;
        let mut dice = |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % most
        };
        let mut back = 0;
        for _ in 0..5_000 {
            let nodes = 2 + dice(9);
            let links: Vec<(u32, u32)> =
                (0..dice(20)).map(|_| (dice(nodes), dice(nodes))).collect();
            let level = levels(nodes as usize, &links);
            let mut reach = vec![vec![false; nodes as usize]; nodes as usize];
            for _ in 0..nodes {
                for &(a, b) in &links {
                    for (from, reached) in reach.iter_mut().enumerate() {
                        let known = reached[a as usize] || from == a as usize;
                        reached[b as usize] |= known;
                    }
                }
            }
            for &(a, b) in links.iter().filter(|(a, b)| a != b) {
                let (a, b) = (a as usize, b as usize);
                assert!(level[a] < level[b] || reach[b][a], "{links:?} {level:?}");
                back += usize::from(level[a] >= level[b]);
            }
        }
        assert!(back > 1_000, "hardly any circle: {back}");
    }

    #[test]
    fn a_hundred_thousand_in_a_row_need_no_deep_stack() {
        let links: Vec<(u32, u32)> = (0..99_999).map(|at| (at, at + 1)).collect();
        let level = levels(100_000, &links);
        assert_eq!((level[0], level[99_999]), (0, 99_999));
    }
}
