// Foresight on real Redis and Valkey servers.

#include "native/engines/preflight.h"

namespace mydba::test {
namespace {

/// A server whose database 9 holds three keys.
class Prepared : public Foreseen {
 public:
  explicit Prepared(const contract::Subject& subject) : Foreseen(subject) {
    run("SELECT 9\nFLUSHDB\nSET a 1\nSET b 2\nSET \"c d\" 3");
  }
  ~Prepared() {
    TextSink sink;
    (void)attempt("FLUSHDB", sink);
  }
};

}  // namespace

TEST_CASE("Redis counts the keys that go", "[redis][preflight]") {
  for (const auto& subject : subjectsOf("redis")) {
    INFO(subject.name);
    Prepared server(subject);
    CHECK(server.sentences("DEL a b a nothing").front() == "2 keys will be removed.");
    CHECK(server.sentences("flushdb").front() == "3 keys will be removed.");
    CHECK(server.sentences("FLUSHALL").front().find("will be removed") != std::string::npos);
    CHECK(server.impact("FLUSHDB").alternatives.at(0).command == "FLUSHDB ASYNC");
    CHECK(server.run("DBSIZE") == Sentences{"3"});
  }
}

TEST_CASE("nothing is asked while commands are queued", "[redis][preflight]") {
  for (const auto& subject : subjectsOf("redis")) {
    INFO(subject.name);
    Prepared server(subject);
    server.run("MULTI");
    CHECK_FALSE(server.impact("DEL a").affected);
    CHECK_FALSE(server.undo("RENAME a z"));
    server.run("SET e 5");
    CHECK(server.run("EXEC").size() == 1);
    CHECK(server.impact("DEL a").affected->count == 1);
    server.run("MULTI");
    TextSink sink;
    CHECK_FALSE(server.attempt("NOSUCHCOMMAND", sink));
    CHECK_FALSE(server.attempt("EXEC", sink));
    CHECK(server.impact("DEL a").affected);
  }
}

TEST_CASE("Redis' inverses bring settings, names and expiry back", "[redis][preflight]") {
  for (const auto& subject : subjectsOf("redis")) {
    INFO(subject.name);
    Prepared server(subject);
    server.takesBack("CONFIG SET maxmemory-policy allkeys-lru", "CONFIG GET maxmemory-policy");
    server.takesBack("CONFIG SET slowlog-max-len 77", "CONFIG GET slowlog-max-len");
    server.takesBack("RENAME \"c d\" \"e f\"", "EXISTS \"c d\"\nEXISTS \"e f\"");
    server.takesBack("EXPIRE a 1000", "EXPIRETIME a");
    server.run("PEXPIREAT b 4102444800000");
    server.takesBack("PERSIST b", "EXPIRETIME b");
    for (const std::string_view command :
         {"CONFIG SET requirepass x", "CONFIG SET masterauth x", "CONFIG SET tls-key-file-pass x",
          "RENAME a b", "EXPIRE nothing 3", "DEL a", "FLUSHDB"})
      CHECK_FALSE(server.undo(command));
  }
}

}  // namespace mydba::test
