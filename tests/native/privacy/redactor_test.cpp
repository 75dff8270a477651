#include "privacy/redactor.h"

#include <string>

#include "native/catch.h"

namespace mydba::privacy {
namespace {

const sql::Dialect& dialectOf(std::string_view name) { return *sql::findDialect(name); }

struct Case {
  const char* dialect;
  const char* text;
  const char* masked;
};

constexpr Case cases[] = {
    // Accounts.
    {"mysql", "CREATE USER 'ann'@'%' IDENTIFIED BY 'hunter2'",
     "CREATE USER 'ann'@'%' IDENTIFIED BY '***'"},
    {"mysql", "create user ann identified by \"it's\", bob identified by 'x' REQUIRE SSL",
     "create user ann identified by \"***\", bob identified by '***' REQUIRE SSL"},
    {"mysql",
     "ALTER USER u IDENTIFIED WITH 'caching_sha2_password' BY 'new' REPLACE 'old' RETAIN CURRENT "
     "PASSWORD",
     "ALTER USER u IDENTIFIED WITH '***' BY '***' REPLACE '***' RETAIN CURRENT PASSWORD"},
    {"mariadb", "CREATE USER u IDENTIFIED VIA ed25519 USING PASSWORD('s3cret')",
     "CREATE USER u IDENTIFIED VIA ed25519 USING PASSWORD('***')"},
    {"mariadb", "GRANT ALL ON *.* TO u IDENTIFIED BY PASSWORD '*2470C0'",
     "GRANT ALL ON *.* TO u IDENTIFIED BY PASSWORD '***'"},
    {"mysql", "CREATE USER u IDENTIFIED BY hunter2", "CREATE USER u IDENTIFIED BY ***"},
    {"mysql", "SET PASSWORD FOR 'ann'@'%' = 'new' REPLACE 'old'",
     "SET PASSWORD FOR 'ann'@'%' = '***' REPLACE '***'"},
    {"mariadb", "SET PASSWORD = PASSWORD('x')", "SET PASSWORD = PASSWORD('***')"},
    {"mysql", "CREATE USER /*!50706 u IDENTIFIED BY 'x' */",
     "CREATE USER /*!50706 u IDENTIFIED BY '***' */"},
    {"postgres", "ALTER ROLE ann WITH LOGIN PASSWORD 'hunter2' VALID UNTIL '2030-01-01'",
     "ALTER ROLE ann WITH LOGIN PASSWORD '***' VALID UNTIL '2030-01-01'"},
    {"postgres", "CREATE USER ann ENCRYPTED PASSWORD E'a\\'b'",
     "CREATE USER ann ENCRYPTED PASSWORD E'***'"},
    {"postgres", "CREATE ROLE a PASSWORD $x$hun'ter$x$", "CREATE ROLE a PASSWORD $x$***$x$"},
    // Replication and links.
    {"mysql", "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='pw', MASTER_PORT=1",
     "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='***', MASTER_PORT=1"},
    {"mysql", "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = 'pw', SOURCE_USER='r'",
     "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = '***', SOURCE_USER='r'"},
    {"mysql", "START GROUP_REPLICATION USER='r', PASSWORD='pw'",
     "START GROUP_REPLICATION USER='r', PASSWORD='***'"},
    {"postgres", "CREATE SUBSCRIPTION s CONNECTION 'host=h password=pw user=u' PUBLICATION p",
     "CREATE SUBSCRIPTION s CONNECTION 'host=h password=*** user=u' PUBLICATION p"},
    {"postgres", "SELECT * FROM dblink('host=h password = ''p w'' dbname=d', 'SELECT 1') t(a int)",
     "SELECT * FROM dblink('host=h password = ''***'' dbname=d', 'SELECT 1') t(a int)"},
    {"postgres", "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'x', password 'pw')",
     "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'x', password '***')"},
    {"postgres", "ALTER SERVER s OPTIONS (SET password 'pw', SET host 'h')",
     "ALTER SERVER s OPTIONS (SET password '***', SET host 'h')"},
    {"mysql", "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'pw')",
     "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD '***')"},
    {"mysql", "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://u:p@ss@h:1/d/t'",
     "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://u:***@h:1/d/t'"},
    // Keys.
    {"sqlite", "PRAGMA key = 'k'", "PRAGMA key = '***'"},
    {"sqlite", "PRAGMA main.rekey(\"k\")", "PRAGMA main.rekey(\"***\")"},
    {"sqlite", "PRAGMA cache_size = 10", "PRAGMA cache_size = 10"},
    {"sqlite", "ATTACH 'a.db' AS b KEY 'k'", "ATTACH 'a.db' AS b KEY '***'"},
    {"postgres", "SELECT pgp_sym_decrypt(c, 'key') FROM t WHERE a = 'b'",
     "SELECT pgp_sym_decrypt(c, '***') FROM t WHERE a = 'b'"},
    {"mysql", "SELECT AES_ENCRYPT('text', 'key'), 'x'", "SELECT AES_ENCRYPT('***', '***'), 'x'"},
    // Values of columns that are called so.
    {"postgres", "UPDATE users SET name = 'Ann', password = 'pw' WHERE id = 7",
     "UPDATE users SET name = 'Ann', password = '***' WHERE id = 7"},
    {"mysql", "SELECT 1 FROM u WHERE login='a' AND `api_key` IN ('k1','k2') AND n = 3",
     "SELECT 1 FROM u WHERE login='a' AND `api_key` IN ('***','***') AND n = 3"},
    {"mysql", "SELECT 1 FROM u WHERE password = MD5('pw') OR name = 'x'",
     "SELECT 1 FROM u WHERE password = MD5('***') OR name = 'x'"},
    {"sqlite", "INSERT INTO u (name, password, age) VALUES ('a', 'p1', 1), ('b', 'p2', 2)",
     "INSERT INTO u (name, password, age) VALUES ('a', '***', 1), ('b', '***', 2)"},
    {"postgres", "SELECT json_build_object('name', 'Ann', 'password', 'pw')",
     "SELECT json_build_object('name', 'Ann', 'password', '***')"},
    {"postgres", "SELECT '{\"name\": \"Ann\", \"password\": \"p\\\"w\", \"a\": 1}'::json",
     "SELECT '{\"name\": \"Ann\", \"password\": \"***\", \"a\": 1}'::json"},
    {"mysql", "SET GLOBAL proxy_password = hunter2", "SET GLOBAL proxy_password = ***"},
    // Texts in texts.
    {"postgres", "DO $$ BEGIN EXECUTE 'x'; ALTER ROLE a PASSWORD 'pw'; END $$",
     "DO $$ BEGIN EXECUTE 'x'; ALTER ROLE a PASSWORD '***'; END $$"},
    {"mysql", "PREPARE s FROM 'ALTER USER a IDENTIFIED BY ''pw'''", "PREPARE s FROM '***'"},
    {"postgres", "SELECT 1 -- password=pw", "SELECT 1 -- password=***"},
    {"postgres", "SELECT 1 /* https://u:pw@h/x */", "SELECT 1 /* https://u:***@h/x */"},
    {"generic", "SELECT 'Authorization: Bearer abc.def' AS a",
     "SELECT 'Authorization: Bearer ***' AS a"},
    // Unfinished.
    {"mysql", "CREATE USER u IDENTIFIED BY 'hunter2", "CREATE USER u IDENTIFIED BY '***"},
    {"mysql", "CREATE USER u IDENTIFIED BY 'C:\\', v IDENTIFIED BY 'pw'",
     "CREATE USER u IDENTIFIED BY '***'***'"},
    // Nothing secret.
    {"postgres", "SELECT token_count, 'a' FROM t WHERE token_count = 5",
     "SELECT token_count, 'a' FROM t WHERE token_count = 5"},
    {"mysql", "ALTER USER u PASSWORD EXPIRE INTERVAL 90 DAY",
     "ALTER USER u PASSWORD EXPIRE INTERVAL 90 DAY"},
    {"postgres", "SELECT u.password FROM users u WHERE u.name = 'a' ORDER BY 1 LIMIT 5",
     "SELECT u.password FROM users u WHERE u.name = 'a' ORDER BY 1 LIMIT 5"},
    // Commands.
    {"redis", "AUTH ann hunter2", "AUTH *** ***"},
    {"redis", "auth \"a b", "auth ***"},
    {"redis", "HELLO 3 AUTH ann hunter2 SETNAME x", "HELLO 3 AUTH *** *** SETNAME x"},
    {"redis", "ACL SETUSER ann on >pw ~a:* +@read #5e88", "ACL SETUSER ann on *** ~a:* +@read ***"},
    {"redis", "CONFIG SET maxmemory 1 requirepass pw", "CONFIG SET maxmemory 1 requirepass ***"},
    {"redis", "CONFIG SET masterauth 'p w'", "CONFIG SET masterauth ***"},
    {"redis", "CONFIG SET tls-key-file-pass pw", "CONFIG SET tls-key-file-pass ***"},
    {"redis", "MIGRATE h 6379 k 0 10 COPY AUTH2 u pw KEYS a",
     "MIGRATE h 6379 k 0 10 COPY AUTH2 *** *** KEYS a"},
    {"redis", "SENTINEL SET m auth-pass pw", "SENTINEL SET m auth-pass ***"},
    {"redis", "SETEX session_token:1 60 v", "SETEX session_token:1 *** ***"},
    {"redis", "HSET u:1 name Ann password pw", "HSET u:1 name Ann password ***"},
    {"redis", "GET a\nAUTH pw\nSET k v", "GET a\nAUTH ***\nSET k v"},
};

TEST_CASE("secrets of statements are masked, and nothing else is") {
  for (const Case& each : cases) {
    INFO(each.dialect << ": " << each.text);
    CHECK(maskSecrets(each.text, dialectOf(each.dialect)) == each.masked);
  }
}

TEST_CASE("values of settings lose their secrets, and no more") {
  const auto shown = [](std::string name, std::string value) {
    protocol::Variable variable{.name = std::move(name), .value = value};
    variable.initial = value;
    maskSecrets(variable);
    CHECK(variable.initial == variable.value);
    return variable.value;
  };
  for (const char* name :
       {"requirepass", "masterauth", "tls-key-file-pass", "report_password",
        "ssl_passphrase_command", "hashicorp_key_management_token",
        "authentication_ldap_simple_bind_root_pwd", "audit_log_encryption_password"}) {
    CHECK(shown(name, "hunter2 --now") == "***");
    CHECK(shown(name, "12345678") == "***");
    CHECK(shown(name, "") == "");
  }
  CHECK(shown("primary_conninfo", "host=a user=b password=hunter2 sslmode=require") ==
        "host=a user=b password=*** sslmode=require");
  CHECK(shown("primary_conninfo", "postgres://b:hunter2@a/") == "postgres://b:***@a/");
  CHECK(shown("archive_command", "cp %p /backup/%f") == "cp %p /backup/%f");
  CHECK(shown("archive_command", "push --token hunter2 -u b:hunter2 %p PASSWORD=hunter2") ==
        "push --token *** -u *** %p PASSWORD=***");
  CHECK(shown("init_connect", "SET @url = 'https://b:hunter2@a/'") ==
        "SET @url = 'https://b:***@a/'");
  for (const auto& [name, value] : {std::pair("password_encryption", "scram-sha-256"),
                                    {"default_password_lifetime", "90"},
                                    {"validate_password.policy", "MEDIUM"},
                                    {"validate_password.length", "8"},
                                    {"old_passwords", "0"},
                                    {"disconnect_on_expired_password", "ON"},
                                    {"generated_random_password_length", "20"},
                                    {"tls-key-file", "/etc/redis/key.pem"},
                                    {"ssl_key", "/etc/mysql/key.pem"},
                                    {"ssl_key_file", "server.key"},
                                    {"caching_sha2_password_private_key_path", "private_key.pem"},
                                    {"caching_sha2_password_digest_rounds", "5000"},
                                    {"foreign_key_checks", "ON"},
                                    {"key_buffer_size", "8388608"},
                                    {"sql_mode", "STRICT_TRANS_TABLES,NO_ZERO_DATE"},
                                    {"ssl_passphrase_command_supports_reload", "off"}})
    CHECK(shown(name, value) == value);
}

TEST_CASE("a server's message loses the secrets that it quotes, whole or cut") {
  const auto& mysql = dialectOf("mysql");
  const std::string statement = "CREATE USER u IDENTIFIED BY 'correct horse battery' OOPS 'a'";
  const auto told = [&](std::string message) {
    return withoutSecretsOf(statement, mysql, std::move(message));
  };
  CHECK(told("near 'IDENTIFIED BY 'correct horse battery' OOPS' at line 1") ==
        "near 'IDENTIFIED BY '***' OOPS' at line 1");
  CHECK(told("near 'IDENTIFIED BY 'correct hor' at line 1") ==
        "near 'IDENTIFIED BY '***' at line 1");
  CHECK(told("near 'battery' OOPS' at line 1") == "near '***' OOPS' at line 1");
  CHECK(told("a table has no such row") == "a table has no such row");
  const Error error = withoutSecretsOf(
      "AUTH hunter2", dialectOf("redis"),
      Error{.message = "WRONGPASS hunter2", .engineCode = "WRONGPASS", .hint = "not hunter2"});
  CHECK(error.message == "WRONGPASS ***");
  CHECK(error.hint == "not ***");
  CHECK(error.engineCode == "WRONGPASS");
  // Values that are no secrets are the user's own, and what he needs to see.
  CHECK(withoutSecretsOf("INSERT INTO t (email) VALUES ('a@b')", dialectOf("postgres"),
                         std::string("Key (email)=(a@b) already exists")) ==
        "Key (email)=(a@b) already exists");
}

}  // namespace
}  // namespace mydba::privacy
