//! Tables that are hostile: none takes more time than its size, or memory beyond the limits.

use ai_atlas::data::input::{Ask, Format, Input};

/// Reads a table and says how it ends: with how many issues, or with which error.
fn ends(text: &str) -> Result<usize, String> {
    let json = text.starts_with(['[', '{']);
    Input::new(text, if json { Format::Json } else { Format::Csv })
        .read(&Ask::default(), |_, _| Ok(Vec::new()))
        .map(|issues| issues.len())
        .map_err(|error| error.to_string())
}

/// Rows that a function writes, below headings.
fn rows(head: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    let rows: String = (0..count).map(|at| row(at) + "\n").collect();
    [head, "\n", &rows].concat()
}

#[test]
fn no_table_takes_more_time_than_its_size() {
    // Each would take minutes if its rows were looked through for every row.
    let many = 100_000;
    let periods = rows("label,period,value", many, |at| format!("a,{at},1"));
    assert_eq!(ends(&periods), Ok(0), "as many periods as rows");
    let totals = rows("label,value", many, |at| format!("total,{at}"));
    assert_eq!(ends(&totals), Ok(10_000), "totals alone");
    let notes = rows("label,value", many, |_| "Source: x,".to_string());
    assert_eq!(ends(&notes), Ok(1000), "notes alone");
    let extra = rows("label,value", many, |_| "a,1,2".to_string());
    assert_eq!(ends(&extra), Ok(1000), "extra cells in all rows");
    let wide: String = (0..1000).map(|at| format!("h{at},")).collect();
    let ragged = rows(&(wide + "label,value"), many, |_| "1,2".to_string());
    assert_eq!(
        ends(&ragged),
        Err("too-large: columns 1002 > 1000".to_string())
    );
    let wide: String = (0..998)
        .map(|at| format!("heading of column {at},"))
        .collect();
    let ragged = rows(&(wide + "label,value"), many, |_| "1,2".to_string());
    assert_eq!(ends(&ragged), Ok(2));
    let dates = rows("date,label,note", many, |at| {
        format!("{}/{}/2024,a,Tue. a/b-c", at % 12 + 1, at % 28 + 1)
    });
    assert_eq!(ends(&dates), Ok(0), "a hundred thousand dates");
    let node = |at: usize| format!(r#"{{"id":"{at}"}},"#);
    let link = |at: usize| format!(r#"{{"source":"{at}","target":"{}"}},"#, many - 1 - at);
    let nodes: String = (0..many).map(node).collect();
    let links: String = (0..many).map(link).collect();
    let flow = format!(r#"{{"nodes":[{nodes}1],"links":[{links}1]}}"#);
    assert_eq!(ends(&flow), Ok(0), "links that name nodes by their ids");
}

#[test]
fn memory_is_taken_only_for_what_is_within_the_limits() {
    // Few objects with other keys each would make a table of a hundred million cells.
    let objects: String = (0..20_000)
        .map(|at| format!(r#"{{"key {}":1,"value":2}},"#, at % 300))
        .collect();
    assert_eq!(
        ends(&format!("[{objects}{{\"value\":1}}]")),
        Err("too-large: values 4020201 > 3000000".to_string())
    );
    // Every column of years has a part for each row.
    let years = rows("label,2020,2021,2022,2023,2024", 30_000, |at| {
        format!("a{at},1,2,3,4,5")
    });
    assert_eq!(
        ends(&years),
        Err("too-large: rows 150000 > 100000".to_string())
    );
}
