// The contract of engines/engine.h, tested on every server that there is. A new engine gets these
// tests by existing; it adds its statements (vocabulary/<id>.json) and a server (scripts/db).

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <set>
#include <thread>

#include "engines/silent_server.h"
#include "engines/subject.h"
#include "native/catch.h"
#include "native/guard/unchecked.h"

using namespace mydba;
using namespace mydba::contract;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// Longest that a healthy server may take to notice a cancellation, in a sanitized build on a busy
/// machine. The user does not wait for it: the dispatcher answers after 150 ms.
constexpr auto cancelLimit = cancelGrace + 3s;

std::unique_ptr<Connection> connected(const Subject& subject) {
  auto connection = subject.connect();
  if (!connection) FAIL(subject.name << ": " << connection.error().message);
  return std::move(*connection);
}

/// The connection still does its work, or says that it is gone; a new one always works.
void stillUsable(const Subject& subject, Connection& connection, const Vocabulary& words) {
  Recorder sink;
  const auto again = connection.run(unchecked(words.one), sink, {});
  if (connection.alive()) {
    if (!again) FAIL(again.error().message);
    CHECK(sink.firstCell == words.oneCell);
    return;
  }
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::connectionLost);
  Recorder fresh;
  CHECK(connected(subject)->run(unchecked(words.one), fresh, {}));
}

/// Ids of the sessions of this program, as the server's process list has them.
std::set<std::string> ownSessions(Connection& connection) {
  const auto snapshot = connection.processes()->list({});
  if (!snapshot) FAIL(snapshot.error().message);
  std::set<std::string> ids;
  for (const protocol::Process& process : snapshot->processes)
    if (process.own) ids.insert(process.id);
  return ids;
}

template <typename Test>
void onEverySubject(Test test) {
  for (const Subject& subject : subjects()) DYNAMIC_SECTION(subject.name) {
      test(subject, vocabularyOf(*subject.engine));
      if (subject.profile.path) std::filesystem::remove(*subject.profile.path);
    }
}

}  // namespace

TEST_CASE("every engine has something to be tested on", "[contract]") {
  const auto all = subjects();
  const bool serversAreUp =
      std::any_of(all.begin(), all.end(), [](const Subject& subject) { return !subject.isFile(); });
  for (const Engine* engine : engines()) {
    const std::string& id = engine->descriptor().id;
    vocabularyOf(*engine);
    const auto ofEngine = [&](const Subject& subject) { return subject.engine == engine; };
    if (std::any_of(all.begin(), all.end(), ofEngine)) continue;
    if (const auto why = whySkipped(*engine))
      WARN("SKIPPED: " << id << ": " << *why);
    else if (!serversAreUp)
      WARN("SKIPPED: " << id << ": no server; eval \"$(scripts/db env)\" names them");
    else
      FAIL_CHECK("no server for engine " << id << ": add one to scripts/db.d/servers.mjs");
  }
}

TEST_CASE("a connection says what server it is on", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary&) {
    const auto connection = connected(subject);
    CHECK(connection->alive());
    CHECK_FALSE(connection->server().version.empty());
  });
}

TEST_CASE("the descriptor and the connection agree on the facets", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary&) {
    const auto connection = connected(subject);
    const auto& listed = subject.engine->descriptor().facets;
    const auto has = [&](protocol::Facet facet) {
      return std::find(listed.begin(), listed.end(), facet) != listed.end();
    };
    CHECK(has(protocol::Facet::catalogue) == (connection->catalogue() != nullptr));
    CHECK(has(protocol::Facet::explain) == (connection->explainer() != nullptr));
    CHECK(has(protocol::Facet::processes) == (connection->processes() != nullptr));
    CHECK(has(protocol::Facet::variables) == (connection->variables() != nullptr));
  });
}

TEST_CASE("a statement gives its row", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto connection = connected(subject);
    Recorder sink;
    const auto done = connection->run(unchecked(words.one), sink, {});
    if (!done) FAIL(done.error().message);
    CHECK(sink.rows == 1);
    CHECK(sink.columns >= 1);
    CHECK(sink.ends == 1);
    CHECK(sink.firstCell == words.oneCell);
  });
}

TEST_CASE("rows stream until nobody wants more, and the connection goes on", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto connection = connected(subject);
    Recorder sink;
    sink.stopAfter = 1000;
    const auto done = connection->run(unchecked(words.many), sink, {});
    if (!done) FAIL(done.error().message);
    CHECK(sink.rows == 1000);
    CHECK(connection->alive());
    stillUsable(subject, *connection, words);
  });
}

TEST_CASE("a cancelled stream ends soon", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto connection = connected(subject);
    CancelSource source;
    Recorder sink;
    sink.cancelAt = &source;
    const auto began = Clock::now();
    const auto done = connection->run(unchecked(words.many), sink, source.token());
    CHECK(Clock::now() - began < cancelLimit);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::cancelled);
    CHECK(sink.rows < words.manyRows);
    stillUsable(subject, *connection, words);
  });
}

TEST_CASE("a cancelled wait ends soon", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto connection = connected(subject);
    CancelSource source;
    std::thread canceller([&] {
      // Not a wait for something: the statement is to be under way on the server, whichever moment.
      std::this_thread::sleep_for(200ms);
      source.cancel(CancelReason::user);
    });
    Recorder sink;
    const auto began = Clock::now();
    const auto done = connection->run(unchecked(words.slow), sink, source.token());
    const auto took = Clock::now() - began;
    canceller.join();
    CHECK(took < cancelLimit);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::cancelled);
    stillUsable(subject, *connection, words);
  });
}

TEST_CASE("a token that is already cancelled runs nothing", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto connection = connected(subject);
    CancelSource source;
    source.cancel(CancelReason::user);
    Recorder sink;
    const auto done = connection->run(unchecked(words.slow), sink, source.token());
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::cancelled);
    stillUsable(subject, *connection, words);
  });
}

TEST_CASE("a refused statement says why and where", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto connection = connected(subject);
    Recorder sink;
    const auto done = connection->run(unchecked(words.bad), sink, {});
    REQUIRE_FALSE(done);
    const Error& error = done.error();
    CHECK(name(error.code) == words.badCode);
    CHECK_FALSE(error.message.empty());
    CHECK_FALSE(error.engineCode.empty());
    if (words.badPosition) CHECK(error.position == words.badPosition);
    CHECK(connection->alive());
    stillUsable(subject, *connection, words);
  });
}

TEST_CASE("a session that is killed says that it is gone", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary& words) {
    const auto killer = connected(subject);
    if (killer->processes() == nullptr) return;
    const auto before = ownSessions(*killer);
    const auto victim = connected(subject);
    const auto after = ownSessions(*killer);
    std::vector<std::string> added;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(added));
    REQUIRE(added.size() == 1);
    const auto killed = killer->processes()->kill(added[0], protocol::KillKind::connection, {});
    if (!killed) FAIL(killed.error().message);
    Recorder sink;
    const auto done = victim->run(unchecked(words.one), sink, {});
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::connectionLost);
    CHECK_FALSE(victim->alive());
    const auto twice = victim->run(unchecked(words.one), sink, {});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().code == ErrorCode::connectionLost);
  });
}

TEST_CASE("a process list says which kinds of ending the server has", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary&) {
    using protocol::KillKind;
    const auto connection = connected(subject);
    if (connection->processes() == nullptr) return;
    const auto snapshot = connection->processes()->list({});
    if (!snapshot) FAIL(snapshot.error().message);
    for (const KillKind kind : {KillKind::query, KillKind::connection}) {
      const auto& kinds = snapshot->killKinds;
      const bool isOffered = std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
      // An id that every server takes for one, and none has given out.
      const auto killed = connection->processes()->kill("2147483647", kind, {});
      REQUIRE(static_cast<bool>(killed) == isOffered);
      if (killed) {
        CHECK_FALSE(killed->killed);
      } else {
        CHECK(killed.error().code == ErrorCode::unsupported);
        CHECK(snapshot->killLimitation);
      }
    }
  });
}

TEST_CASE("settings are listed by name and by a part of it, without secrets", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary&) {
    const auto connection = connected(subject);
    if (connection->variables() == nullptr) return;
    const auto namesOf = [&](std::string_view part) {
      const auto list = connection->variables()->list(part, {});
      if (!list) FAIL(list.error().message);
      std::vector<std::string> names;
      for (const protocol::Variable& variable : list->variables) {
        names.push_back(variable.name);
        if (subject.password.empty()) continue;
        CHECK(variable.value.find(subject.password) == std::string::npos);
      }
      return names;
    };
    const auto all = namesOf("");
    REQUIRE(all.size() > 10);
    CHECK(std::is_sorted(all.begin(), all.end()));
    CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
    const std::string& wanted = all[all.size() / 2];
    std::string part = wanted.substr(1);
    for (char& letter : part)
      if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    const auto some = namesOf(part);
    CHECK(some.size() < all.size());
    CHECK(std::find(some.begin(), some.end(), wanted) != some.end());
    CHECK(namesOf("there is no such setting").empty());

    CancelSource source;
    source.cancel(CancelReason::user);
    const auto cancelled = connection->variables()->list("", source.token());
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code == ErrorCode::cancelled);
  });
}

TEST_CASE("a wrong password is refused, and never repeated", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary&) {
    if (subject.isFile()) return;
    Subject wrong = subject;
    wrong.password = "not-the-password-7391";
    const auto connection = wrong.connect();
    REQUIRE_FALSE(connection);
    CHECK(connection.error().code == ErrorCode::authFailed);
    CHECK(connection.error().message.find("7391") == std::string::npos);
    CHECK(connection.error().hint.find("7391") == std::string::npos);
  });
}

TEST_CASE("a server that never speaks is given up in time", "[contract]") {
  onEverySubject([](const Subject& subject, const Vocabulary&) {
    if (subject.isFile()) return;
    const SilentServer server;
    Subject silent = subject;
    silent.profile.host = "127.0.0.1";
    silent.profile.port = server.port();
    silent.profile.connectTimeoutMs = 300;
    const auto began = Clock::now();
    const auto timedOut = silent.connect();
    CHECK(Clock::now() - began < 5s);
    REQUIRE_FALSE(timedOut);
    CHECK(timedOut.error().code == ErrorCode::timeout);

    silent.profile.connectTimeoutMs = 60'000;
    CancelSource source;
    std::thread canceller([&] { source.cancel(CancelReason::user); });
    const auto cancelled = silent.connect(source.token());
    canceller.join();
    CHECK(Clock::now() - began < 10s);
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code == ErrorCode::cancelled);
  });
}
