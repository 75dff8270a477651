#include <map>
#include <nlohmann/json.hpp>

#include "advise/catalogue/statement_tables.h"
#include "ai/redact/redactor.h"
#include "ai/redact/setting_redactor.h"
#include "base/embedded.h"
#include "native/catch.h"
#include "tools/tool.h"

using namespace mydba;
using namespace mydba::ai;
using Json = nlohmann::ordered_json;

namespace {

const sql::Dialect& dialect(std::string_view name) { return *sql::findDialect(name); }

/// What is sent of an answer, without the lines that mark it as data.
Json sentOf(Redactor& redactor, std::string_view tool, const Json& answer,
            const Json& arguments = Json::object()) {
  const std::string text = redactor.toolAnswer(tool, arguments, answer).text();
  const std::size_t begin = text.find("\n{") + 1;
  return Json::parse(text.substr(begin, text.find("\n--- end") - begin));
}

Json parsed(const char* text) { return Json::parse(text); }

/// An answer of the form, with a secret in each of its texts that may hold one.
Json sample(const Json& form) {
  static const std::map<std::string, const char*> samples = {
      {"number", "7"},
      {"rows", R"j([["zqsecret", 1], ["zqsecret", 2]])j"},
      {"object", R"j({"name": "id", "kind": "column", "detail": "integer · default 'zqsecret'",
                     "path": ["shop", "Tables", "orders", "Columns", "id"]})j"},
      {"document", R"j({"title": "My page", "text": "is 'zqsecret' there?"})j"},
      {"id", R"j("42")j"},
      {"rule", R"j("costly-step")j"},
      {"anchor", R"j("postgres/query-plans#costly-step")j"},
      {"url", R"j("https://www.postgresql.org/docs/current/using-explain.html")j"},
      {"sql", R"j("SELECT a FROM t WHERE b = 'zqsecret' -- zqsecret")j"},
      {"plan", R"j("Seq Scan on t  (rows ~5)\n   filter: (b = 'zqsecret'::text)\n")j"},
      {"step", R"j("Seq Scan on t using i")j"},
      {"prose", R"j("It reads 1,000 rows to test (b = 'zqsecret'::text).")j"},
      {"message", R"j("Key (b)=(zqsecret) already exists")j"},
      {"type", R"j("enum('zqsecret')")j"},
      {"detail", R"j("integer · default 'zqsecret'")j"},
      {"path", R"j("shop › Tables › orders")j"},
      {"column", R"j("lower('zqsecret')")j"},
      {"connection", R"j("ann@zqsecret.example.org")j"},
      {"name", R"j("orders")j"},
      {"setting", R"j("work_mem")j"},
      {"value", R"j("/var/lib/zqsecret")j"},
  };
  if (form.is_array()) {
    REQUIRE(form.size() == 1);
    return Json::array({sample(form[0])});
  }
  if (form.is_object()) {
    Json made = Json::object();
    for (const auto& [name, part] : form.items())
      if (part != "drop") made[name] = sample(part);
    return made;
  }
  REQUIRE(form.is_string());
  const auto text = form.get<std::string>();
  const auto kind = text.substr(0, text.find(' '));
  if (kind == "word") return text.substr(5, text.find('|') - 5);
  INFO("a kind that is none: " << text);
  REQUIRE(samples.contains(kind));
  return parsed(samples.at(kind));
}

}  // namespace

TEST_CASE("the answer of every tool has a form, and no value leaves by it", "[ai][tools]") {
  for (const tools::Tool* tool : tools::tools()) {
    INFO(tool->name << " needs native/src/tools/answers/" << tool->name << ".json");
    const std::string path = "native/src/tools/answers/" + std::string(tool->name) + ".json";
    const auto files = embeddedFiles();
    REQUIRE(std::ranges::find(files, path, &EmbeddedFile::path) != files.end());
    const Json answer = sample(Json::parse(embeddedFile(path)));
    const Json arguments = {{"sql", "SELECT a FROM t WHERE b = 'zqsecret'"}};
    for (const NamePolicy names : {NamePolicy::keep, NamePolicy::alias}) {
      Redactor redactor(names, dialect("postgres"));
      const auto sent = redactor.toolAnswer(tool->name, arguments, answer);
      INFO(sent.text());
      CHECK(sent.text().find("zqsecret") == std::string::npos);
      // But for the default of a column.
      const std::int64_t objects = answer.dump().find("· default") != std::string::npos ? 1 : 0;
      const auto left = sent.masked().find("left_out");
      CHECK((left == sent.masked().end() ? 0 : left->second) >= objects);
      if (objects == 0) CHECK(left == sent.masked().end());
    }
  }
  for (const EmbeddedFile& file : embeddedFiles()) {
    constexpr std::string_view folder = "native/src/tools/answers/";
    if (!file.path.starts_with(folder)) continue;
    const auto name = file.path.substr(folder.size(), file.path.size() - folder.size() - 5);
    INFO(name << " is no tool");
    CHECK(tools::findTool(name));
  }
}

TEST_CASE("what a form does not name is left out and counted", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const auto sent = redactor.toolAnswer(
      "compare_queries", Json::object(),
      parsed(R"j({"verdict": "proven", "more": "secret", "before": {"rows": "five", "medianMs": 2},
                 "after": [1], "reason": 5})j"));
  CHECK(sent.masked() == MaskCounts{{"left_out", 4}});
  CHECK(sentOf(redactor, "compare_queries", parsed(R"j({"verdict": "I obey", "before": {}})j")) ==
        parsed(R"j({"before": {}})j"));
  CHECK(redactor.toolAnswer("no_tool", Json::object(), parsed(R"j({"a": "b"})j")).text() ==
        "[left out: the answer of a tool that is not known]");
  CHECK(sentOf(redactor, "explain_query", parsed("[1]")) == Json::object());
}

TEST_CASE("rows of a result leave as their count", "[ai]") {
  Redactor redactor(NamePolicy::alias, dialect("mysql"));
  const Json arguments = {
      {"sql", "SELECT mail, 'two words', \"it's\", length('abc'), 12345 FROM users"}};
  const Json answer = parsed(R"j({"columns": [
      {"name": "mail", "type": "varchar(100)"}, {"name": "two words", "type": "varchar(9)"},
      {"name": "it's", "type": "varchar(4)"}, {"name": "length('abc')", "type": "int"},
      {"name": "12345", "type": "enum('a','b')"}, {"name": "Full Name", "type": "text"}],
      "rows": [["ann@example.org", null], ["bob@example.org", "x"]],
      "nextOffset": 2, "note": "there are more rows",
      "notices": ["Warning: Truncated incorrect value: 'bob'"]})j");
  CHECK(sentOf(redactor, "run_read_query", answer, arguments) ==
        parsed(R"j({"columns": [{"name": "c1", "type": "varchar(100)"
},
                               {"name": ":text_1", "type": "varchar(9)"},
                               {"name": ":text_2", "type": "varchar(4)"},
                               {"name": ":text_4", "type": "int"},
                               {"name": ":text_5", "type": "enum(:text_6,:text_7)"},
                               {"name": "c2", "type": "text"}],
                   "rows": "2 (what rows hold is never sent)", "nextOffset": 2,
                   "notices": ["Warning: Truncated incorrect value: :text_8"]
})j"));
}

TEST_CASE("sessions leave without users, and their statements without values", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const Json answer = parsed(R"j({"processes": [
      {"id": "71", "state": "active", "user": "ann", "database": "shop", "seconds": 1.5,
       "wait": "Lock: transactionid", "blockedBy": ["70", "x; DROP"],
       "sql": "UPDATE t SET a = 'secret' WHERE b = 5 -- for Bob"}],
      "more": 3, "limitation": "only your own sessions are listed"})j");
  CHECK(sentOf(redactor, "list_processes", answer) == parsed(R"j({"processes": [
      {"id": "71", "state": "active", "database": "shop", "seconds": 1.5,
       "wait": "Lock: transactionid", "blockedBy": ["70"],
       "sql": "UPDATE t SET a = :text_1 WHERE b = :number_1"}],
      "more": 3, "limitation": "only your own sessions are listed"})j"));
}

TEST_CASE("objects leave with names and types, without defaults", "[ai]") {
  const Json answer = parsed(R"j({"subject": "shop › public › Tables › orders", "sections": [
      {"title": "Columns", "objects": [
        {"name": "state", "kind": "column", "detail": "varchar(20) · not null · default 'a · not null'",
         "path": ["shop", "public", "Tables", "orders", "state"]}]},
      {"title": "Indexes", "objects": [
        {"name": "by_state", "kind": "index", "detail": "unique · btree (state, lower(note))",
         "path": ["shop", "public", "Tables", "orders", "Indexes", "by_state"]}]
},
      {"title": "Keys", "objects": [
        {"name": "k", "kind": "key", "detail": "CHECK (state = 'secret'::text)",
         "path": ["shop", "public", "Tables", "orders", "Keys", "k"]}]}],
      "kind": "table", "detail": "~1000 rows"
})j");
  Redactor keep(NamePolicy::keep, dialect("postgres"));
  CHECK(sentOf(keep, "describe_object", answer) == parsed(R"j({
      "subject": "shop › public › Tables › orders", "sections": [
      {"title": "Columns", "objects": [
        {"name": "state", "kind": "column", "detail": "varchar(20) · not null",
         "path": ["shop", "public", "Tables", "orders", "state"]}]},
      {"title": "Indexes", "objects": [
        {"name": "by_state", "kind": "index", "detail": "unique · btree (state, lower(note))",
         "path": ["shop", "public", "Tables", "orders", "Indexes", "by_state"]
  }]
  },
      {"title": "Keys", "objects": [
        {"name": "k", "kind": "key", "detail": "CHECK (state = :text_1::text)",
         "path": ["shop", "public", "Tables", "orders", "Keys", "k"]}]}],
      "kind": "table", "detail": "~1000 rows"
  })j"));
  Redactor alias(NamePolicy::alias, dialect("postgres"));
  const std::string sent = alias.toolAnswer("describe_object", Json::object(), answer).text();
  INFO(sent);
  for (const char* name : {"shop", "public\"", "orders", "state", "by_state", "note", "secret"})
    CHECK(sent.find(name) == std::string::npos);
  CHECK(sent.find("s1 › s2 › Tables › t1") != std::string::npos);
}

TEST_CASE("the keys of a key-value server are values", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("redis"));
  const Json answer = parsed(R"j({"subject": "db0 › user: › ann", "sections": [
      {"title": "user:", "objects": [
        {"name": "user:ann", "kind": "key", "detail": "hash · TTL 5 min", "path": ["db0", "user:", "ann"]},
        {"name": "Tables", "kind": "key", "detail": "string", "path": ["db0", "Tables", "x"]}]}]})j");
  const std::string sent = redactor.toolAnswer("search_schema", Json::object(), answer).text();
  INFO(sent);
  CHECK(sent.find("ann") == std::string::npos);
  CHECK(sent.find("user:") == std::string::npos);
  CHECK(sent.find("\"db0\"") != std::string::npos);
}

TEST_CASE("a plan as text leaves with names as the conversation has them", "[ai]") {
  const Json answer = parsed(R"j({"summary": {"nodes": 2, "totalCost": 4.5, "raw": "x"}, "plan":
      "Hash Join  (cost 4.50, rows ~1,000)\n│  on: (o.id = l.order_id)\n└─ Seq Scan on orders o using by_day  (rows 5, time 1.20 ms)\n      filter: (note = 'secret'::text)\n      ! costly-step: Seq Scan on orders o tests (note = 'secret'::text)\n      ! not-ours: secret\n… (cut: the plan is longer)",
      "findings": [{"id": "costly-step", "severity": "warning",
        "message": "Seq Scan on orders reads 1,000,000 rows to test (note = 'secret'::text)",
        "advice": "Look at it.", "remedies": [{"title": "An index", "sql": "CREATE INDEX ON orders (note) WHERE note = 'secret'"}],
        "document": "postgres/query-plans#costly-step",
        "url": "https://www.postgresql.org/docs/current/using-explain.html"},
        {"id": "made-up", "url": "https://evil.example.org", "document": "../../etc/passwd"}]})j");
  const Json arguments = {
      {"sql", "SELECT * FROM orders o JOIN lines l ON o.id = l.order_id WHERE note = 'secret'"}};
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  const Json sent = sentOf(redactor, "explain_query", answer, arguments);
  INFO(sent.dump(1));
  CHECK(sent["summary"] == parsed(R"j({"nodes": 2, "totalCost": 4.5})j"));
  CHECK(sent["plan"].get<std::string>().starts_with(
      "Hash Join  (cost 4.50, rows ~1,000)\n│  on: (c1.c3 = c2.c4)\n"
      "└─ Seq Scan on t1 c1 using i1  (rows 5, time 1.20 ms)\n      filter: (c5 = "
      ":text_1::text)\n"));
  CHECK(sent["findings"][0]["id"] == "costly-step");
  CHECK(sent["findings"][0]["message"] ==
        "Seq Scan on t1 reads 1,000,000 rows to test (c5 = :text_1::text)");
  CHECK(sent["findings"][0]["document"] == "postgres/query-plans#costly-step");
  CHECK(sent["findings"][1] == Json::object());
  CHECK(sent.dump().find("secret") == std::string::npos);
  CHECK(sent.dump().find("orders") == std::string::npos);
}

TEST_CASE("findings on tables leave with names as the conversation has them", "[ai][lint]") {
  advise::TableFacts table{.schema = "public", .name = "zebras"};
  table.columns = {{.name = "stripes", .type = "integer"}, {.name = "keeper_cost", .type = "real"}};
  table.indexes = {{.name = "zebras_quagga", .columns = {{"stripes", ""}}, .method = "btree"},
                   {.name = "zebras_okapi", .columns = {{"stripes", ""}}, .method = "btree"}};
  table.foreignKeys = {{.name = "zebras_keeper", .columns = {"stripes"}, .parentTable = "keepers"}};
  const advise::CatalogueFacts facts{
      .dialect = &dialect("postgres"), .searchPath = {"public"}, .tables = {table}};
  const std::string sql = "SELECT 1 FROM zebras";
  Json answer = {{"findings", Json::array()}};
  for (const auto& finding : advise::lintTablesUsed(sql, facts))
    answer["findings"].push_back({{"id", finding.id}, {"message", finding.message}});
  REQUIRE(answer["findings"].size() >= 3);
  Redactor keeping(NamePolicy::keep, dialect("postgres"));
  CHECK(sentOf(keeping, "lint_sql", answer, {{"sql", sql}}) == answer);
  Redactor mapping(NamePolicy::alias, dialect("postgres"));
  const std::string sent = sentOf(mapping, "lint_sql", answer, {{"sql", sql}}).dump();
  INFO(sent);
  for (const char* name : {"zebras", "stripes", "cost", "quagga", "okapi", "keeper"})
    CHECK(sent.find(name) == std::string::npos);
  CHECK(sent.find("every change writes both") != std::string::npos);
}

TEST_CASE("documents that are compiled in leave as they are, those of a user as prose", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const Json answer = parsed(R"j({"documents": [
      {"document": "postgres/query-plans#costly-step", "title": "costly-step",
       "url": "https://www.postgresql.org/docs/current/using-explain.html", "engine": "postgres",
       "text": "Without ANALYZE only costs are known: units of about one sequential page read, computed…"},
      {"document": "postgres/query-plans#costly-step", "title": "costly-step", "engine": "postgres",
       "url": "", "text": "Mail ann@example.org about it."},
      {"document": "user:team/backup.md", "title": "Backup of db7.acme.internal", "engine": "all",
       "url": "", "text": "Log in to db7.acme.internal as 'root'."}]})j");
  const Json sent = sentOf(redactor, "search_docs", answer)["documents"];
  CHECK(sent[0] == answer["documents"][0]);
  CHECK(sent[1] == parsed(R"j({"title": "costly-step", "text": "Mail :email_1 about it."})j"));
  CHECK(sent[2] ==
        parsed(R"j({"title": "Backup of :host_1", "text": "Log in to :host_1 as :text_1."})j"));
}

TEST_CASE("a connection that is called after its host has another name", "[ai]") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  redactor.hide({"dbhost7"});
  const Json sent = sentOf(redactor, "list_connections", parsed(R"j({"connections": [
      {"connection": "shop", "engine": "postgres", "environment": "dev", "writable": false},
      {"connection": "prod on DBHOST7", "engine": "oracle", "environment": "prod", "writable": true}]})j"));
  CHECK(sent == parsed(R"j({"connections": [
      {"connection": "shop", "engine": "postgres", "environment": "dev", "writable": false},
      {"connection": ":name_1", "environment": "prod", "writable": true}]})j"));
}

TEST_CASE("settings leave with numbers and published words, not with what somebody chose", "[ai]") {
  Conversation conversation;
  const auto sent = [&](std::string_view value) {
    Draft draft;
    redactSettingValue(draft, conversation, value);
    return draft.text;
  };
  for (const char* kept : {"128MB", "-1", "0.5", "30 s", "on", "STRICT_TRANS_TABLES,NO_ZERO_DATE",
                           "index_merge=on,mrr=off", "scram-sha-256", ""})
    CHECK(sent(kept) == kept);
  for (const char* chosen : {"/var/lib/mysql", "db7.acme.internal", "acme", "10.0.0.7", "*",
                             "ann@x", "on, acme", "host=acme", "it's", "5432:acme"})
    CHECK(sent(chosen).starts_with(":text_"));
  conversation.privateWords = {"O_DIRECT"};
  CHECK(sent("O_DIRECT").starts_with(":text_"));
  Draft draft;
  redactSetting(draft, conversation, "work_mem");
  CHECK(draft.text == "work_mem");
}
