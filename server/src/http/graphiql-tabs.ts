/** An operation to begin with. */
export interface GraphiqlTab {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** One for each main operation; they fit together, with the accounts and stores of the demo. */
export const graphiqlTabs: readonly GraphiqlTab[] = [
  {
    query: `# Sign in first, and put the token into the headers of the other tabs:
# { "Authorization": "Bearer …" }
mutation Login($email: String!, $password: String!) {
  login(input: { email: $email, password: $password }) {
    ... on LoginPayload { accessToken expiresAt viewer { name } }
    ... on UserError { code message }
  }
}
`,
    variables: { email: 'owner@example.test', password: 'demo-owner' },
  },
  {
    query: `query Stores {
  viewer { name }
  stores(first: 10) {
    totalCount
    edges { node { code name active currency } }
  }
}
`,
  },
  {
    query: `# Looks into a feed; nothing is stored.
query CheckFeed($storeCode: String!, $sourceUrl: String!) {
  feedCheck(input: { storeCode: $storeCode, sourceUrl: $sourceUrl, language: FR }) {
    encoding delimiter format rows accepted seconds sample
    refused { code message }
  }
}
`,
    variables: {
      storeCode: 'weber-livres',
      sourceUrl: 'http://localhost:4000/demo/feeds/weber-livres-fr.csv',
    },
  },
  {
    query: `mutation StartImport($storeCode: String!, $sourceUrl: String!) {
  startImport(input: { storeCode: $storeCode, sourceUrl: $sourceUrl, language: FR }) {
    ... on StartImportPayload { importJob { id status } }
    ... on UserError { code message }
  }
}
`,
    variables: {
      storeCode: 'weber-livres',
      sourceUrl: 'http://localhost:4000/demo/feeds/weber-livres-fr.csv',
    },
  },
  {
    query: `# Every import that appears or changes, as it happens. Start it, then start an import in another tab.
subscription FollowImports {
  importJobsChanged {
    id status totalProcessed totalRows errorCount
    store { code }
    progress { phase fraction rowsPerSecond secondsLeft }
  }
}
`,
  },
  {
    query: `# One import to its end, with the id that StartImport gave.
subscription FollowImport($id: ID!) {
  importJobProgress(id: $id) {
    status importedCount updatedCount unchangedCount errorCount
    progress { phase fraction }
  }
}
`,
    variables: { id: '' },
  },
  {
    query: `query Imports {
  importJobs(first: 10) {
    totalCount
    edges {
      node {
        id status language createdAt importedCount updatedCount errorCount
        store { code name }
        createdBy { name }
        errorGroups { code severity count }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# What is wrong in a feed, row by row.
query ImportErrors($id: ID!, $after: String) {
  importJob(id: $id) {
    status
    errors(first: 20, after: $after) {
      totalCount
      edges { node { rowNumber severity code attribute message } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
    variables: { id: '', after: null },
  },
  {
    query: `query Products($storeCode: String!, $search: String) {
  marketplaceProducts(filter: { storeCode: $storeCode, search: $search }, first: 20) {
    totalCount
    edges { node { marketplaceProductId title brand availability } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: { storeCode: 'weber-livres', search: 'roman' },
  },
  {
    query: `# What a shop page asks for; nobody has to sign in.
query Shop($code: String!, $search: String) {
  storefront(code: $code) {
    name currency languages
    products(search: $search, language: DE, first: 20) {
      totalCount
      edges { node { id number language title price salePrice availability pictures } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`,
    variables: { code: 'weber-livres', search: null },
  },
  {
    query: `query Stats {
  stats {
    imports { total pending processing completed completedWithErrors failed cancelled active }
  }
}
`,
  },
];
