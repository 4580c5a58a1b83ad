namespace Pvm2.Compare.CommandLine;

/// <summary>What a command line asks for.</summary>
internal enum CompareAction
{
    /// <summary>Measure and report.</summary>
    Measure,

    /// <summary>Measure a small subset and compare it with the baseline.</summary>
    Check,

    /// <summary>Measure the same subset and make it the baseline.</summary>
    StoreBaseline,

    /// <summary>Write the report of results that are there.</summary>
    Report,

    /// <summary>Make results that are there the ones that the documentation shows.</summary>
    Publish,

    /// <summary>List the engines.</summary>
    List,
}
