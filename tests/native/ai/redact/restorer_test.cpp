#include "ai/redact/restorer.h"

#include <vector>

#include "ai/redact/redactor.h"
#include "native/catch.h"

using namespace mydba;
using namespace mydba::ai;

namespace {

const sql::Dialect& dialect(std::string_view name) { return *sql::findDialect(name); }

/// `answer` in pieces of `size` bytes.
std::string inPieces(const Conversation& conversation, std::string_view answer, std::size_t size) {
  Restorer restorer(conversation);
  std::string shown;
  for (std::size_t at = 0; at < answer.size(); at += size)
    shown += restorer.feed(answer.substr(at, size));
  return shown + restorer.finish();
}

}  // namespace

TEST_CASE("what was sent comes back as it was, whatever the pieces") {
  struct Case {
    const char* dialect;
    const char* text;
  };
  const std::vector<Case> cases = {
      {"postgres",
       "SELECT u.\"Full Name\", o.id FROM shop.users u JOIN USERS o ON u.id = o.id "
       "WHERE u.mail = 'ann@x.org' AND total_of(o.n) > 42 AND \"q\"\"x\" = E'it\\'s'"},
      {"mysql", "SELECT `a b`, `c``d`, `Users`.id FROM users WHERE t1 = \"x\" AND Users.c2 = 0x1F"},
      {"sqlite", "SELECT [a b], t1.c1, T1.C1 FROM t1 WHERE c1 = :text_1 AND c2 IN (1, 2.5, 'a')"},
      {"mariadb", "UPDATE Orders SET total = 5 WHERE orders.id = @id AND ORDERS.x LIKE 'a%'"},
  };
  for (const Case& c : cases) {
    Redactor redactor(NamePolicy::alias, dialect(c.dialect));
    const std::string sent = redactor.sql(c.text).text();
    INFO(sent);
    CHECK(sent != c.text);
    for (const std::size_t size : {std::size_t(1), std::size_t(2), std::size_t(7), sent.size()})
      CHECK(inPieces(redactor.conversation(), sent, size) == c.text);
  }
}

TEST_CASE("an answer's own words stay") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  redactor.sql("SELECT mail FROM \"My Users\" WHERE mail = 'x'");
  const auto& conversation = redactor.conversation();
  CHECK(restored(conversation, "t1, not t12, at1, t1x or t1é; `t1`: c1.") ==
        "\"My Users\", not t12, at1, t1x or t1é; `My Users`: mail.");
  CHECK(restored(conversation, "CREATE INDEX ON t1 (c1) WHERE c1 = :text_1::text;") ==
        "CREATE INDEX ON \"My Users\" (mail) WHERE mail = 'x'::text;");
  CHECK(restored(conversation, "c1 = ':text_1', :text_9") == "mail = 'x', :text_9");
  CHECK(restored(conversation, "C1 T1") == "mail \"My Users\"");
}

TEST_CASE("a piece waits only for what could become an alias") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  redactor.sql("SELECT mail FROM users");
  Restorer restorer(redactor.conversation());
  CHECK(restorer.feed("see t") == "see ");
  CHECK(restorer.feed("1") == "");
  CHECK(restorer.feed(".c") == "users.");
  const std::string longWord(200, 'x');
  CHECK(restorer.feed(longWord) == "c" + longWord);
  CHECK(restorer.feed("t1 t1") == "t1 ");
  CHECK(restorer.finish() == "users");
}

TEST_CASE("words joined by colons come back piece by piece, however many they are") {
  Redactor redactor(NamePolicy::alias, dialect("postgres"));
  redactor.sql("SELECT mail FROM users WHERE mail = 'x'");
  std::string sent;
  std::string expected;
  for (int i = 0; i < 20; ++i) {
    sent += ":c1::text_1";
    expected += ":mail:'x'";
  }
  Restorer restorer(redactor.conversation());
  std::string shown;
  for (const char c : sent) shown += restorer.feed(std::string(1, c));
  CHECK(shown + restorer.finish() == expected);
}

TEST_CASE("a secret does not come back") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  const std::string sent = redactor.sql("ALTER ROLE r PASSWORD 'hunter2'").text();
  CHECK(restored(redactor.conversation(), sent) == "ALTER ROLE r PASSWORD :secret_1");
}

TEST_CASE("a value comes back as statements spell it, also where prose had it first") {
  Redactor redactor(NamePolicy::keep, dialect("postgres"));
  redactor.prose("Why is “it's” so slow, and \"b\"?\n\nSELECT a FROM t WHERE c = 'it''s'");
  CHECK(restored(redactor.conversation(), "SELECT a FROM t WHERE c = :text_1 -- :text_2") ==
        "SELECT a FROM t WHERE c = 'it''s' -- \"b\"");
}
