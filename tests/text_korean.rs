//! Korean words: particles that follow a reading, initial consonants that a reader types.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, reason = "a test may")]

use ai_atlas::text::*;

/// Words that are read with a last consonant.
const EUN: [&str; 48] = [
    "삼성",
    "구글",
    "인텔",
    "퀄컴",
    "마이크론",
    "리벨리온",
    "Intel",
    "Google",
    "Apple",
    "Oracle",
    "Samsung",
    "Qualcomm",
    "Micron",
    "Amazon",
    "Anthropic",
    "Epic",
    "Startup",
    "Mistral",
    "Anduril",
    "IBM",
    "ARM",
    "Boeing",
    "DataRobot",
    "42dot",
    "Facebook",
    "Slack",
    "AutoML",
    "VR",
    "3",
    "10",
    "1,000",
    "6",
    "7",
    "8",
    "0",
    "2030",
    "100,000,000",
    "유럽연합(EU)",
    "유럽연합 (EU)",
    "한국지능정보사회진흥원(NIA)",
    "‘인텔’",
    "인텔!",
    "LLM",
    "Capital One",
    "Groq",
    "Chrome",
    "삼성(옛 이름(三星))",
    "삼ᄉ\u{1161}ᆼ",
];
/// Words that are read without one.
const NEUN: [&str; 49] = [
    "삼성전자",
    "엔비디아",
    "메타(Meta)",
    "SK하이닉스",
    "NVIDIA",
    "TSMC",
    "OpenAI",
    "xAI",
    "AMD",
    "KT",
    "LG",
    "HP",
    "Meta",
    "Microsoft",
    "Tesla",
    "ByteDance",
    "DeepSeek",
    "SoftBank",
    "Hugging Face",
    "Naver",
    "NAVER",
    "Cohere",
    "Upstage",
    "Kakao",
    "Xiaomi",
    "Runway",
    "DeepMind",
    "AT&T",
    "PwC",
    "Harvey",
    "SK hynix",
    "Nike",
    "2",
    "4",
    "5",
    "9",
    "2024",
    "1,000,000,000,000",
    "92%",
    "마이크로소프트(MS)",
    "비런커지(壁仞科技)",
    "'2024-13-45'",
    "GPT",
    "X(옛 트위터)",
    "(주)네이버",
    "(Meta)",
    "Mistral AI",
    "Pokémon Café",
    "ChatGPT+",
];

#[test]
fn particles_follow_the_korean_reading_of_the_word() {
    for (want, words) in [("은", &EUN[..]), ("는", &NEUN)] {
        for word in words {
            assert_eq!(particle(word, Particle::EunNeun), want, "{word}");
        }
    }
    for word in ["", "…", "三星", "Яндекс", "トヨタ", "()"] {
        assert_eq!(particle(word, Particle::EunNeun), "은(는)", "{word}");
    }
    for (word, forms) in [
        ("엔비디아", ["는", "가", "를", "와", "로", "라는"]),
        ("인텔", ["은", "이", "을", "과", "로", "이라는"]),
        ("Intel", ["은", "이", "을", "과", "로", "이라는"]),
        ("퀄컴", ["은", "이", "을", "과", "으로", "이라는"]),
        ("IBM", ["은", "이", "을", "과", "으로", "이라는"]),
        ("7", ["은", "이", "을", "과", "로", "이라는"]),
        (
            "三",
            ["은(는)", "이(가)", "을(를)", "과(와)", "(으)로", "(이)라는"],
        ),
    ] {
        let all = [
            Particle::EunNeun,
            Particle::IGa,
            Particle::EulReul,
            Particle::WaGwa,
            Particle::EuroRo,
            Particle::IraneunRaneun,
        ];
        assert_eq!(all.map(|p| particle(word, p)), forms, "{word}");
    }
    assert_eq!(with_particle("삼성전자", Particle::IGa), "삼성전자가");
}

#[test]
fn initials_are_what_a_korean_reader_types() {
    for (text, want) in [
        ("삼성", "ㅅㅅ"),
        ("삼성전자", "ㅅㅅㅈㅈ"),
        ("SK하이닉스", "skㅎㅇㄴㅅ"),
        ("오픈AI 스타트업 펀드", "ㅇㅍaiㅅㅌㅌㅇㅍㄷ"),
        ("AT&T", "att"),
        ("ㅅㅅ", "ㅅㅅ"),
        ("까치", "ㄲㅊ"),
        ("\u{1109}\u{1161}\u{11B7}", "ㅅ"),
        ("", ""),
    ] {
        assert_eq!(initials(text), want);
    }
}
