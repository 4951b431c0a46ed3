// What was typed into the form of a job is kept until the job is made.
if (/[?&](new|submitted)=/.test(location.search)) {
    for (const kind of ["command", "script", "jobspec"]) {
        sessionStorage.removeItem(`flux-restful-submit-${kind}`);
    }
}
