#pragma once

// Names for clang's thread safety analysis (https://clang.llvm.org/docs/ThreadSafetyAnalysis.html),
// which is on in every clang build and checks that what a mutex guards is only touched under it.
// Other compilers see nothing. base/mutex.h has the mutex that the analysis understands.

#if defined(__clang__)
#define MYDBA_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define MYDBA_THREAD_ATTRIBUTE(x)
#endif

#define MYDBA_CAPABILITY(name) MYDBA_THREAD_ATTRIBUTE(capability(name))
#define MYDBA_SCOPED_CAPABILITY MYDBA_THREAD_ATTRIBUTE(scoped_lockable)
/// The member may only be touched while the mutex is held.
#define MYDBA_GUARDED_BY(mutex) MYDBA_THREAD_ATTRIBUTE(guarded_by(mutex))
/// The caller holds the mutex.
#define MYDBA_REQUIRES(mutex) MYDBA_THREAD_ATTRIBUTE(requires_capability(mutex))
/// The caller does not hold the mutex.
#define MYDBA_EXCLUDES(mutex) MYDBA_THREAD_ATTRIBUTE(locks_excluded(mutex))
#define MYDBA_ACQUIRE(...) MYDBA_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define MYDBA_RELEASE(...) MYDBA_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
