use sqlx::Row as _;

use crate::testing;

/// What the queries of this crate rely on, on both databases: absent values bind to every type,
/// big integers and bytes come back as they went in, a placeholder may be used twice.
async fn types_come_back(url: &str) {
    let db = super::Db::open(url).await.unwrap();
    let bytes = match db.kind {
        super::DbKind::Postgres => "BYTEA",
        super::DbKind::Sqlite => "BLOB",
    };
    let make = format!("CREATE TABLE probe (id BIGINT PRIMARY KEY, label TEXT, raw {bytes})");
    sqlx::query(sqlx::AssertSqlSafe(make))
        .execute(&db.pool)
        .await
        .unwrap();
    let insert = "INSERT INTO probe (id, label, raw) VALUES ($1, $2, $3)";
    for (id, label, raw) in [
        (1i64, None, None),
        (i64::MAX, Some("x".to_owned()), Some(vec![0u8, 255])),
        (3, None, Some(vec![])),
    ] {
        sqlx::query(insert)
            .bind(id)
            .bind(label)
            .bind(raw)
            .execute(&db.pool)
            .await
            .unwrap();
    }
    let row =
        sqlx::query("SELECT id, label, raw FROM probe WHERE id = $1 OR ($2 = $1 AND id = $2)")
            .bind(i64::MAX)
            .bind(7i64)
            .fetch_one(&db.pool)
            .await
            .unwrap();
    assert_eq!(row.get::<i64, _>(0), i64::MAX);
    assert_eq!(row.get::<Option<String>, _>(1).as_deref(), Some("x"));
    assert_eq!(row.get::<Option<Vec<u8>>, _>(2), Some(vec![0u8, 255]));
    let row = sqlx::query("SELECT label, raw FROM probe WHERE id = 1")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert_eq!(row.get::<Option<String>, _>(0), None);
    assert_eq!(row.get::<Option<Vec<u8>>, _>(1), None);
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM probe")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert_eq!(count, 3);

    let mut held = db.begin_write().await.unwrap();
    sqlx::query("DELETE FROM probe")
        .execute(&mut *held)
        .await
        .unwrap();
    held.rollback().await.unwrap();
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM probe")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert_eq!(count, 3);
}

#[tokio::test]
async fn sqlite_keeps_every_type_that_is_used() {
    let dir = tempfile::tempdir().unwrap();
    types_come_back(&testing::sqlite_url(dir.path())).await;
}

#[tokio::test]
async fn postgres_keeps_every_type_that_is_used() {
    let server = testing::Postgres::start();
    types_come_back(server.url()).await;
}

#[tokio::test]
async fn a_database_of_another_kind_is_refused() {
    let fault = super::Db::open("mysql://localhost/x").await.unwrap_err();
    assert_eq!(fault.code, terms::Code::ValidationError);
}

#[tokio::test]
async fn the_embedded_file_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    super::Db::open(&testing::sqlite_url(dir.path()))
        .await
        .unwrap();
    let mode = std::fs::metadata(dir.path().join("gatehouse.db"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
