import '@testing-library/jest-dom';

// jsdom has no object URLs.
URL.createObjectURL = () => 'blob:picture';
URL.revokeObjectURL = () => {};
