#pragma once

// A web service on 127.0.0.1 that answers as a test says.
//
// Each request has a thread of the server's. The destructor stops it, also while it is dripping or
// hanging, and joins.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mydba::fakes {

struct SeenRequest {
  std::string method;
  std::string path;  ///< with its query
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The value of a header, whose name is given in small letters.
  std::string header(const std::string& name) const;
};

struct FakeAnswer {
  int status = 200;
  std::string contentType = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  /// Written one by one, each in a chunk of its own.
  std::vector<std::string> pieces;
  std::chrono::milliseconds between{0};  ///< pause before each piece
  enum class End { whole, cut, hang } end = End::whole;
};

/// A certificate and its key, PEM.
struct FakeCertificate {
  std::string certificate;
  std::string key;
};
/// Signed by itself, for one DNS name.
FakeCertificate certificateFor(const std::string& name);

class HttpFake {
 public:
  using Handler = std::function<FakeAnswer(const SeenRequest&)>;

  explicit HttpFake(Handler handler);
  HttpFake(const FakeCertificate& certificate, Handler handler);
  ~HttpFake();
  HttpFake(const HttpFake&) = delete;
  HttpFake& operator=(const HttpFake&) = delete;

  int port() const;
  std::string url() const;  ///< `http://127.0.0.1:<port>`, or `https://localhost:<port>`
  std::vector<SeenRequest> seen() const;
  /// Waits until so many answers have been started; false after 10 s.
  bool waitForAnswers(int count) const;
  /// Waits until a client has left before its answer was whole; false after 10 s.
  bool waitForLeaver() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mydba::fakes
