#pragma once

// What the rest of the program knows of a database engine.
//
// An Engine is a stateless descriptor with a way to connect; a Connection is one session on a
// server. Everything beyond running a statement is a facet: an optional ability whose presence is
// the capability that the interface shows. No code outside native/src/engines/<name>/ compares an
// engine's name.
//
// What a person or a program wrote comes as a guard::CheckedStatement. SQL of an engine's own never
// leaves its folder, and nothing else can be sent: there is no way to pass a text to a server.
//
// Threads: a Connection, its facets and what they return by reference belong to the lane (thread)
// that uses them; nothing here is called from two threads at once. The only thing another thread
// does is cancel a CancelToken. Cancelling must end the running call soon when the server is
// healthy (ask the server: PQcancel, KILL QUERY, sqlite3_interrupt). When the server does not
// react within `cancelGrace`, the call gives up the socket and returns `cancelled`, and the
// connection is no longer alive. The user never waits for that: the dispatcher answers a cancelled
// request after 150 ms whatever the lane is doing.
//
// Folder contract: engines/<folder>/ defines
//     std::vector<const Engine*> <folder>Engines();      // namespace mydba
// with objects of static storage duration; variants (MariaDB, Valkey) live in their parent's
// folder. The list of folders is generated (engines.inc).

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "guard/gate.h"
#include "guard/impact.h"
#include "sql/dialect.h"
#include "sql/index_wish.h"
#include "sql/statement.h"
#include "types.h"

namespace mydba::advise {
struct CatalogueFacts;  // advise/catalogue/facts.h
}

namespace mydba {

inline constexpr std::chrono::seconds cancelGrace{5};

/// One cell as the server sent it: its text, or NULL. Valid until the sink's `row` returns.
struct Cell {
  const char* data = nullptr;  ///< null means SQL NULL
  std::size_t size = 0;        ///< bytes

  static Cell null() { return {}; }
  static Cell of(std::string_view text) { return {text.data() ? text.data() : "", text.size()}; }
  bool isNull() const { return data == nullptr; }
  std::string_view text() const { return {data, size}; }
};

/// What a statement reports when it is done.
struct ResultSetEnd {
  std::optional<std::int64_t> affected;  ///< rows changed, when the server says so
  std::string command;                   ///< command tag: `SELECT`, `INSERT`
};

/// Receives what a statement produces, on the lane's thread, in order: for every result set
/// begin, row…, end; a statement without rows reports begin with no columns, then end. Notices may
/// come at any time.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// False: no more of this statement is wanted. The connection then ends it on the server without
  /// reading its remaining rows, stays usable, and `run` returns success.
  [[nodiscard]] virtual bool begin(std::span<const protocol::Column> columns) = 0;
  /// May block (back-pressure). False: as with begin.
  [[nodiscard]] virtual bool row(std::span<const Cell> cells) = 0;
  virtual void end(const ResultSetEnd& end) = 0;
  virtual void notice(std::string_view severity, std::string_view message) = 0;
};

/// Text of one page of a level of the object tree.
using TreePage = protocol::ChildrenResult;

/// The object tree of a server: what exists, by name, one level and one page at a time.
class Catalogue {
 public:
  virtual ~Catalogue() = default;
  /// Children of `path`, at most `limit` of them, after `cursor` (keyset, never OFFSET).
  virtual Result<TreePage> children(std::span<const std::string> path,
                                    const std::optional<std::string>& cursor, int limit,
                                    const CancelToken& cancel) = 0;
  /// Objects whose name contains `text` without case; names that start with it first.
  virtual Result<TreePage> search(std::string_view text, int limit, const CancelToken& cancel) = 0;
  /// A statement for an object, every name quoted. The preview takes at most 1000 rows.
  virtual Result<std::string> script(std::span<const std::string> path, protocol::ScriptKind kind,
                                     const CancelToken& cancel) = 0;
  /// What the rules for tables ask, of at most `limit` tables of this database; where there are
  /// more, those with a name of `first` come before the others. What this account may not see is
  /// absent. `unsupported` where there are no tables.
  virtual Result<advise::CatalogueFacts> tableFacts(std::span<const sql::ObjectName> first,
                                                    int limit, const CancelToken& cancel) = 0;
};

/// Plans of statements.
class Explainer {
 public:
  virtual ~Explainer() = default;
  /// The plan of one statement, checked by Gate::admitToExplain with the same `analyze`. Self
  /// times, self costs and node ids are left to plan/derive. With `analyze` the statement is run:
  /// data changes are rolled back, or refused (`refused`) where the engine cannot roll back.
  virtual Result<protocol::PlanTree> explain(const guard::CheckedStatement& statement, bool analyze,
                                             const CancelToken& cancel) = 0;
};

/// A run of a statement, measured: `profile` without its plan and findings, and the raw plan, if
/// any.
struct MeasuredRun {
  protocol::Profile profile;
  std::optional<protocol::PlanTree> tree;  ///< as of Explainer::explain
};

/// Measured runs of statements.
class Profiler {
 public:
  virtual ~Profiler() = default;
  /// Runs one statement, checked by Gate::admitToExplain with analyze. Data changes are rolled
  /// back, or refused (`refused`) where the engine cannot roll back; a sequence that the statement
  /// would move is a reason to refuse. With `enableInstruments` (the user agreed) settings of the
  /// server are changed for the time of the run, and restored however it ends, also when this
  /// process is killed; without, what they would have shown is in `Profile::unavailable`.
  virtual Result<MeasuredRun> profile(const guard::CheckedStatement& statement,
                                      bool enableInstruments, const CancelToken& cancel) = 0;
};

/// The plans of a statement without and with indexes that are not there, taken in the same way, and
/// raw as those of Explainer::explain.
struct WhatIfPlans {
  protocol::PlanTree before;
  protocol::PlanTree after;
  std::vector<protocol::WhatIfIndex>
      indexes;  ///< in the order of the wishes; `used` is left to plan/
  std::vector<std::string> notices;
};

/// Plans with indexes that are not there. The statement is never run.
class WhatIf {
 public:
  virtual ~WhatIf() = default;
  /// All methods of this server, the least invasive first. What cannot be used says why.
  virtual Result<std::vector<protocol::WhatIfWay>> ways(const CancelToken& cancel) = 0;
  /// `statement` is checked by Gate::admitToExplain without analyze. `method` is one of `ways`; the
  /// user agreed to what it touches. Nothing of it is left on the server, however this ends;
  /// should the connection be lost, its scratch objects are named in the error's hint.
  virtual Result<WhatIfPlans> plan(const guard::CheckedStatement& statement,
                                   std::span<const sql::IndexWish> indexes,
                                   protocol::WhatIfMethod method, const CancelToken& cancel) = 0;
};

/// The statements on which the server spent most time, as its statistics have them.
struct BusiestStatements {
  std::vector<protocol::WorkloadStatement> statements;  ///< without plans; most time first
  std::optional<std::string> since;                     ///< UTC; when the statistics began
  std::optional<protocol::Unavailable> unavailable;     ///< why there are none
};

/// What the server is asked to do all day.
class Workload {
 public:
  virtual ~Workload() = default;
  /// At most `limit` statements that can be planned in this session's database; those of the helper
  /// itself are left out. What is missing (extension, privilege, setting) is in `unavailable`; an
  /// error is one of the connection.
  virtual Result<BusiestStatements> busiest(int limit, const CancelToken& cancel) = 0;
  /// What the catalogue knows of the tables that the statement names, in its order, without
  /// planning it: for statements of which the server gives no plan.
  virtual Result<std::vector<protocol::PlanRelation>> relations(
      const guard::CheckedStatement& statement, const CancelToken& cancel) = 0;
};

/// Settings of the server, as this session has them.
class Variables {
 public:
  virtual ~Variables() = default;
  /// Those whose name contains `part` without case, all for an empty one, by name. The values of
  /// secrets are masked (privacy/name_words.h). What this account may not see is in `unavailable`.
  virtual Result<protocol::VariableList> list(std::string_view part, const CancelToken& cancel) = 0;
};

/// Sessions of the server.
class Processes {
 public:
  virtual ~Processes() = default;
  /// Says with `killKinds` which kinds `kill` takes; any other is answered with `unsupported`.
  virtual Result<protocol::ProcessSnapshot> list(const CancelToken& cancel) = 0;
  virtual Result<protocol::KillResult> kill(std::string_view id, protocol::KillKind kind,
                                            const CancelToken& cancel) = 0;
};

/// Foresight: what a statement will do here, and how to take it back. Both are asked *before* the
/// statement runs, on the connection that is to run it, in or out of a transaction. They change
/// nothing, take two seconds at most, and run nothing of the statement but what is proved to read.
class Preflight {
 public:
  virtual ~Preflight() = default;
  /// What cannot be found out is missing and named in `Impact::unavailable`. Error: only when the
  /// connection is lost or the token cancelled.
  virtual Result<guard::Impact> impact(const sql::Statement& statement, std::string_view text,
                                       const CancelToken& cancel) = 0;
  /// The statements that take it back, with definitions as they are now; nothing when there are
  /// none. What it does not bring back is said in `caution`. Never holds a secret.
  virtual Result<std::optional<protocol::Undo>> inverse(const sql::Statement& statement,
                                                        std::string_view text,
                                                        const CancelToken& cancel) = 0;
};

/// Transactions around statements of the user, so that what they do can be looked at and taken
/// back. They nest; inside a transaction that the user has begun himself, one is a savepoint, and
/// his own stays as it is. Whoever begins one ends it, by commit or rollback.
class Transactions {
 public:
  virtual ~Transactions() = default;
  /// True inside a transaction, whoever began it.
  virtual bool open() const = 0;
  /// Success when this server takes back all that the statement does, as far as can be told of one
  /// that guard::whyNotTakenBack finds nothing against; else `refused`, with the reason.
  virtual Result<void> canTakeBack(const sql::Statement& statement, const CancelToken& cancel) = 0;
  virtual Result<void> begin(const CancelToken& cancel) = 0;
  /// Runs a statement that nobody has confirmed. The transaction can then only be rolled back.
  virtual Result<void> tryOut(const guard::JudgedStatement& statement, RowSink& sink,
                              const CancelToken& cancel) = 0;
  /// An error says that nothing was kept.
  virtual Result<void> commit(const CancelToken& cancel) = 0;
  /// Not cancelled, but never waits for a dead server. Nothing happens when it has ended by itself.
  virtual Result<void> rollback() = 0;
  /// A sentence on what a rollback leaves as it is after rows were added; empty where it is
  /// nothing.
  virtual std::string_view leftBehind() const = 0;
};

/// One session on a server. The destructor closes it, without waiting for a dead server.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual const protocol::ServerInfo& server() const = 0;
  /// Runs exactly one statement (no splitting here), which the guard let through, and reports to
  /// `sink`. Rows are streamed: the
  /// memory used does not depend on their number. An error carries engineCode, and position when
  /// the server gives one.
  virtual Result<void> run(const guard::CheckedStatement& statement, RowSink& sink,
                           const CancelToken& cancel) = 0;
  /// False once the server or the socket is gone; every further call returns `connectionLost`.
  virtual bool alive() const = 0;

  /// Facets: null when the server has no such ability. They live as long as the connection.
  virtual Catalogue* catalogue() { return nullptr; }
  virtual Explainer* explainer() { return nullptr; }
  virtual Processes* processes() { return nullptr; }
  virtual Preflight* preflight() { return nullptr; }
  virtual Transactions* transactions() { return nullptr; }
  virtual Profiler* profiler() { return nullptr; }
  virtual WhatIf* whatIf() { return nullptr; }
  virtual Workload* workload() { return nullptr; }
  virtual Variables* variables() { return nullptr; }
};

/// Gives a secret when it is needed, and nothing when there is none or the user declined. It may
/// ask the user, so it can take long; it ends early when the connect attempt is cancelled.
using SecretSource = std::function<Result<std::optional<std::string>>(protocol::SecretKind)>;

class Engine {
 public:
  virtual ~Engine() = default;
  virtual const protocol::EngineDescriptor& descriptor() const = 0;
  /// Connects, at most `profile.connectTimeoutMs`, and reads the version. Never blocks longer than
  /// the token or the time-out allow, also when the address does not answer or DNS is dead.
  virtual Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                                      const SecretSource& secrets,
                                                      const CancelToken& cancel) const = 0;
  /// The plans in a text that a server of this engine wrote: EXPLAIN's output in any of its
  /// formats, or a log. Nothing when it holds none; an error when it plainly does and cannot be
  /// read. The text may be hostile. Any thread.
  virtual Result<std::vector<protocol::PlanTree>> plansIn(std::string_view) const {
    return std::vector<protocol::PlanTree>{};
  }
};

/// Every engine that was built in; the list of folders is generated.
std::span<const Engine* const> engines();
/// By descriptor id; null when there is none.
const Engine* findEngine(std::string_view id);
/// Of the statements that an engine or a connection takes; generic when there is no such engine.
const sql::Dialect& dialectOf(std::string_view engineId);
const sql::Dialect& dialectOf(const Connection& connection);

}  // namespace mydba
