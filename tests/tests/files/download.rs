//! What is handed out: to those who may read the document, whole or in part, and never to be run.

use passerelle_tests::exchange::{get, send};
use serde_json::json;

use crate::shelf::Shelf;

const TEN: &[u8] = b"0123456789";

#[tokio::test(flavor = "multi_thread")]
async fn a_download_says_what_it_is_and_that_it_is_not_to_be_run() {
    let mut shelf = Shelf::new().await;
    let url = shelf.with("Bo", "Été.txt", TEN).await;
    let reply = shelf.gets("Di", &url).await;
    assert_eq!((reply.status, reply.body.as_slice()), (200, TEN));
    let sha256 = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";
    for (header, value) in [
        ("content-length", "10"),
        ("content-type", "text/plain"),
        ("content-disposition", "attachment; filename=\"_t_.txt\"; filename*=UTF-8''%C3%89t%C3%A9.txt"),
        ("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-cache"),
        ("accept-ranges", "bytes"),
        ("etag", &format!("\"{sha256}\"")),
        ("repr-digest", "sha-256=:hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=:"),
    ] {
        assert_eq!(reply.header(header), Some(value), "{header}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_could_run_is_handed_out_as_plain_bytes() {
    let mut shelf = Shelf::new().await;
    for (n, media_type) in
        ["text/html", "image/svg+xml", "text/javascript", "text/css"].into_iter().enumerate()
    {
        let mut file = shelf.uploaded("Bo", format!("<script>{n}</script>").as_bytes()).await;
        file["mediaType"] = json!(media_type);
        let url = shelf.shared("Bo", shelf.in_community(), &format!("page {n}"), &file).await;
        let reply = shelf.gets("Cy", &url).await;
        assert_eq!(reply.header("content-type"), Some("application/octet-stream"), "{media_type}");
        assert!(reply.header("content-disposition").unwrap().starts_with("attachment"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_handed_out_and_one_beyond_the_end_is_refused() {
    let mut shelf = Shelf::new().await;
    let url = shelf.with("Bo", "ten", TEN).await;
    let etag = shelf.gets("Bo", &url).await.header("etag").unwrap().to_owned();
    for (range, part, said) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
        ("bytes=9-99", "9", "bytes 9-9/10"),
    ] {
        for if_range in [String::new(), format!("\r\nif-range: {etag}")] {
            let reply = get(shelf.address(), "Cy", &url, &format!("\r\nrange: {range}{if_range}")).await;
            assert_eq!((reply.status, reply.body.as_slice()), (206, part.as_bytes()), "{range}");
            assert_eq!(reply.header("content-range"), Some(said));
            assert_eq!(reply.header("content-length"), Some(part.len().to_string().as_str()));
        }
    }
    let beyond = get(shelf.address(), "Cy", &url, "\r\nrange: bytes=10-").await;
    assert_eq!((beyond.status, beyond.code().as_str()), (416, "RANGE_NOT_SATISFIABLE"));
    assert_eq!(beyond.header("content-range"), Some("bytes */10"));
    for whole in ["range: bytes=0-1,4-5", "range: bytes=5-2", "range: bytes=0-1\r\nif-range: \"another\""] {
        let reply = get(shelf.address(), "Cy", &url, &format!("\r\n{whole}")).await;
        assert_eq!((reply.status, reply.body.as_slice()), (200, TEN), "{whole}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_file_already_is_told_so_and_head_sends_no_body() {
    let mut shelf = Shelf::new().await;
    let url = shelf.with("Bo", "ten", TEN).await;
    let whole = shelf.gets("Bo", &url).await;
    let etag = whole.header("etag").unwrap();
    for known in [etag.to_owned(), format!("\"x\", W/{etag}"), "*".to_owned()] {
        let reply = get(shelf.address(), "Bo", &url, &format!("\r\nif-none-match: {known}")).await;
        assert_eq!((reply.status, reply.body.len(), reply.header("etag")), (304, 0, Some(etag)), "{known}");
    }
    let other = get(shelf.address(), "Bo", &url, "\r\nif-none-match: \"other\"").await;
    assert_eq!(other.status, 200);
    let head = format!("HEAD {url} HTTP/1.1\r\nauthorization: Bearer Bo\r\nrange: bytes=0-1");
    let head = send(shelf.address(), &head, b"").await;
    assert_eq!((head.status, head.body.len(), head.header("content-length")), (200, 0, Some("10")));
    assert_eq!(head.header("etag"), Some(etag));
    let delete = format!("DELETE {url} HTTP/1.1\r\nauthorization: Bearer Bo");
    let delete = send(shelf.address(), &delete, b"").await;
    assert_eq!((delete.status, delete.header("allow")), (405, Some("GET,HEAD")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_and_what_is_absent_are_answered_with_the_same_bytes() {
    let mut shelf = Shelf::new().await;
    let file = shelf.uploaded("Bo", TEN).await;
    let to_cy = shelf.to("Cy");
    let url = shelf.shared("Bo", to_cy, "secret", &file).await;
    assert_eq!(shelf.gets("Cy", &url).await.status, 200);
    let hidden = shelf.gets("Di", &url).await;
    assert_eq!((hidden.status, hidden.code().as_str()), (404, "NOT_FOUND"));
    let plain = |reply: passerelle_tests::exchange::Reply| {
        let head: String = reply.head.lines().filter(|line| !line.starts_with("date:")).collect();
        (reply.status, head, reply.body)
    };
    let hidden = plain(hidden);
    let other = |from: &str, to: &str| url.replace(from, to);
    for absent in [
        other(&shelf.story.id("secret"), &shelf.story.id("Ada")),
        other(&shelf.story.id("secret"), "nothing"),
        other("/versions/1/", "/versions/2/"),
        other("/versions/1/", "/versions/0/"),
        other("/versions/1/", "/versions/x/"),
        other("/versions/1/", "/versions/99999999999/"),
    ] {
        assert_eq!(plain(shelf.gets("Di", &absent).await), hidden, "{absent}");
    }
    let nobody = shelf.gets("nobody", &url).await;
    assert_eq!((nobody.status, nobody.header("www-authenticate")), (401, Some("Bearer")));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_it_no_more_gets_it_no_more() {
    let mut shelf = Shelf::new().await;
    let url = shelf.with("Bo", "ten", TEN).await;
    assert_eq!(shelf.gets("Di", &url).await.status, 200);
    let moved = json!({"document": shelf.story.id("ten"), "audience": shelf.to("Cy")});
    shelf.story.sends("Bo", "moveDocument", moved, "").await;
    assert_eq!(shelf.gets("Di", &url).await.status, 404);
    assert_eq!(shelf.gets("Cy", &url).await.status, 200);
    shelf.story.sends("Bo", "withdrawDocument", json!({"document": shelf.story.id("ten")}), "").await;
    assert_eq!(shelf.gets("Cy", &url).await.status, 404);
    assert_eq!(shelf.gets("Bo", &url).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_version_keeps_its_own_file_and_a_link_has_none() {
    let mut shelf = Shelf::new().await;
    let first = shelf.with("Bo", "plan", b"first").await;
    let file = shelf.uploaded("Cy", b"second").await;
    let revise = |based_on: u32, contents| json!({"document": shelf.story.id("plan"), "basedOn": based_on, "contents": contents});
    shelf.story.sends("Cy", "reviseDocument", revise(1, json!({"file": file})), "").await;
    let second = shelf.url("Bo", "plan").await;
    assert_eq!(shelf.gets("Di", &first).await.body, b"first");
    assert_eq!(shelf.gets("Di", &second).await.body, b"second");
    let link = json!({"link": "https://example.org/plan"});
    shelf.story.sends("Cy", "reviseDocument", revise(2, link), "").await;
    let third = second.replace("/versions/2/", "/versions/3/");
    assert_eq!(shelf.gets("Bo", &third).await.status, 404);
}
